package dev.millrace.hls.segment;

import dev.millrace.hls.testkit.TsPes;
import dev.millrace.hls.testkit.TsReader;
import dev.millrace.hls.testkit.TsTable;
import dev.millrace.media.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What one can see of a segment by which it may be another timeline than the one before. What a segment does not show is that of the one
 * before.
 *
 * @param streams of the program map table
 * @param sps sequence parameter sets of the first picture that has any
 * @param sampleRateHz of the sound
 * @param publication by which its frames were sent
 * @param videoOffset how far the video is from where it was sent, in ticks
 * @param audioOffset the same of the audio
 */
record SegmentLook(
        List<TsTable.Stream> streams,
        List<Bytes> sps,
        OptionalInt sampleRateHz,
        OptionalInt publication,
        OptionalLong videoOffset,
        OptionalLong audioOffset) {

    private static final int SPS = 7;

    static SegmentLook of(int segment, Script script, TsReader reader, Optional<SegmentLook> before) {
        List<TsTable.Stream> streams = reader.tables().get(segment).streams();
        List<TsPes> video = reader.video().stream().filter(pes -> pes.segment() == segment).toList();
        List<TsPes> audio = reader.aac().stream().filter(pes -> pes.segment() == segment).toList();
        List<Bytes> sps = video.stream().map(SegmentLook::spsOf).filter(found -> !found.isEmpty()).findFirst()
                .orElse(before.map(SegmentLook::sps).orElse(List.of()));
        OptionalInt rate = audio.stream().mapToInt(pes -> pes.adtsFrames().get(0).sampleRateHz()).findFirst();
        OptionalInt publication = Stream.concat(
                        video.stream().flatMap(pes -> sentVideo(pes, script).stream()),
                        audio.stream().map(pes -> sentAudio(pes, script)))
                .mapToInt(Script.Sent::publication).findFirst();
        return new SegmentLook(
                streams,
                sps,
                rate.isPresent() ? rate : before.map(SegmentLook::sampleRateHz).orElse(rate),
                publication.isPresent() ? publication : before.map(SegmentLook::publication).orElse(publication),
                videoOffset(video, script, reader),
                audio.stream().mapToLong(pes -> pes.pts() - sentAudio(pes, script).millis() * 90).findFirst());
    }

    private static List<Bytes> spsOf(TsPes pes) {
        return pes.nalUnits().stream().filter(unit -> (unit.byteAt(0) & 0x1F) == SPS).toList();
    }

    private static Optional<Script.Sent> sentVideo(TsPes pes, Script script) {
        return Optional.ofNullable(script.sentVideo.get(pes.nalUnits().get(pes.nalUnits().size() - 1)));
    }

    private static Script.Sent sentAudio(TsPes pes, Script script) {
        return script.sentAudio.get(pes.adtsFrames().get(0).raw());
    }

    /** By the first picture that was not moved behind the one before. */
    private static OptionalLong videoOffset(List<TsPes> video, Script script, TsReader reader) {
        List<TsPes> all = reader.video();
        for (TsPes pes : video) {
            int index = all.indexOf(pes);
            boolean moved = index > 0 && pes.dts() == all.get(index - 1).dts() + 1;
            Optional<Script.Sent> sent = sentVideo(pes, script);
            if (!moved && sent.isPresent()) {
                return OptionalLong.of(pes.dts() - sent.get().millis() * 90);
            }
        }
        return OptionalLong.empty();
    }

    /** Whether a decoder could go on with the other segment as it is. */
    boolean isCodedAs(SegmentLook other) {
        boolean soundsDiffer = sampleRateHz.isPresent() && other.sampleRateHz.isPresent() && !sampleRateHz.equals(other.sampleRateHz);
        return streams.equals(other.streams) && sps.equals(other.sps) && !soundsDiffer && publication.equals(other.publication);
    }
}
