package dev.millrace.hls.segment;

import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A publisher that does one thing after the other to a segmenter, well-behaved or not, and remembers what it sent. */
final class Script {

    /** One thing to do, and how much of it. */
    record Step(Kind kind, int amount) {}

    /** What publishers do. */
    enum Kind {
        PLAY,
        LONG_GOP,
        BURST,
        STALL,
        AUDIO_PAUSE,
        VIDEO_PAUSE,
        REPEAT_HEADERS,
        DATA,
        BACK_A_LITTLE,
        LOSS,
        BROKEN,
        // From here on, what may end a timeline.
        JUMP,
        GLITCH,
        VIDEO_CONFIG,
        AUDIO_CONFIG,
        PICTURE,
        RECONNECT,
        REFUSED;

        boolean mayEndTimeline() {
            return ordinal() >= JUMP.ordinal();
        }
    }

    /** What was sent, and at what time of which publication. */
    record Sent(long millis, Bytes raw, int publication) {}

    final Play play;
    final Map<Bytes, Sent> sentVideo = new HashMap<>();
    final Map<Bytes, Sent> sentAudio = new HashMap<>();
    final List<Bytes> video = new ArrayList<>();
    final List<Bytes> audio = new ArrayList<>();
    private final boolean hasVideo;
    private final boolean hasAudio;
    private final int frameMillis;
    private final int gopFrames;
    private final int jitterMillis;

    private int number;
    private int publication;
    private long videoMillis;
    private double audioMillis;
    private int frameInGop;
    private boolean otherVideo;
    private boolean otherAudio;
    private int jitterState = 1;

    Script(SegmenterOptions options, boolean hasVideo, boolean hasAudio, int frameMillis, int gopFrames, int jitterMillis) {
        this.play = new Play(options);
        this.hasVideo = hasVideo;
        this.hasAudio = hasAudio;
        this.frameMillis = frameMillis;
        this.gopFrames = gopFrames;
        this.jitterMillis = jitterMillis;
        play.begin();
        headers();
    }

    void run(List<Step> steps) {
        for (Step step : steps) {
            run(step);
        }
        play.end();
    }

    private void run(Step step) {
        int amount = step.amount();
        switch (step.kind()) {
            case PLAY -> media(amount * 40L, hasVideo, hasAudio, gopFrames, true);
            case LONG_GOP -> media(amount * 150L, hasVideo, hasAudio, Integer.MAX_VALUE, true);
            case BURST -> media(amount * 60L, hasVideo, hasAudio, gopFrames, false);
            case STALL -> play.nowMillis += amount * 100L;
            case AUDIO_PAUSE -> media(amount * 30L, hasVideo, false, gopFrames, true);
            case VIDEO_PAUSE -> media(amount * 30L, false, hasAudio, gopFrames, true);
            case REPEAT_HEADERS -> headers();
            case DATA -> play.frames(Messages.metadata(dev.millrace.amf.AmfObject.builder().put("n", amount).build()));
            case BACK_A_LITTLE -> shift(-amount * 9L);
            case LOSS -> {
                shift(amount * 10L);
                play.segmenter.onGap(1);
            }
            case BROKEN -> broken(amount);
            case JUMP -> shift(amount % 2 == 0 ? amount * 700L : amount * -700L);
            case GLITCH -> glitch(amount);
            case VIDEO_CONFIG -> {
                otherVideo = !otherVideo;
                headers();
            }
            case AUDIO_CONFIG -> {
                otherAudio = !otherAudio;
                headers();
            }
            case PICTURE -> picture();
            case RECONNECT -> {
                play.end();
                play.nowMillis += amount * 50L;
                play.begin();
                publication++;
                shift(-videoMillis + amount % 3 * 1_000L);
                frameInGop = 0;
                headers();
            }
            default -> play.frames(Messages.audio(videoMillis, "b2 80"));
        }
    }

    private void shift(long millis) {
        videoMillis += millis;
        audioMillis += millis;
    }

    private void headers() {
        if (hasVideo) {
            play.frames(Messages.avcHeader(videoMillis, otherVideo ? Messages.OTHER_SPS : Messages.SPS));
        }
        if (hasAudio) {
            play.frames(otherAudio ? Messages.aacHeader48(videoMillis) : Messages.aacHeader(videoMillis));
        }
    }

    /** As much of both tracks as lasts so long, in the order of time. */
    private void media(long millis, boolean withVideo, boolean withAudio, int gop, boolean inRealTime) {
        long end = videoMillis + millis;
        while (videoMillis < end) {
            if (withVideo) {
                video(gop);
            }
            videoMillis += frameMillis;
            while (audioMillis < videoMillis) {
                if (withAudio) {
                    audioFrame();
                }
                audioMillis += 1024_000.0 / (otherAudio ? 48_000 : 44_100);
            }
            play.nowMillis += inRealTime ? frameMillis : 0;
        }
    }

    private void video(int gop) {
        boolean key = frameInGop >= gop || frameInGop == 0;
        frameInGop = key ? 1 : frameInGop + 1;
        send(key, Messages.nalUnit(key ? 0x65 : 0x41, number++, number % 50 * (key ? 40 : 8)), key ? 0 : number % 3 * 20);
    }

    private void send(boolean key, Bytes unit, int compositionTimeMillis) {
        sentVideo.put(unit, new Sent(videoMillis, unit, publication));
        video.add(unit);
        play.frames(Messages.coded(key ? 0x17 : 0x27, videoMillis, compositionTimeMillis, unit));
    }

    private void audioFrame() {
        jitterState = jitterState * 1103515245 + 12345;
        long jitter = jitterMillis == 0 ? 0 : Math.floorMod(jitterState >> 8, 2 * jitterMillis + 1) - jitterMillis;
        MediaFrame frame = Messages.aac(Math.round(audioMillis) + jitter, number++);
        byte[] bytes = frame.toByteArray();
        Bytes raw = Bytes.copyOf(bytes).slice(2, bytes.length - 2);
        sentAudio.put(raw, new Sent(Math.round(audioMillis), raw, publication));
        audio.add(raw);
        play.frames(frame);
    }

    private void broken(int amount) {
        if (hasVideo) {
            String[] frames = {
                "2701000000 000000ff 4188", "2701000000", "1701000000 00000001", "2701", "", "2701000000 00000000",
                "2701000000 00000003 000000", "2701000000 00000002 4188 00000001 00"
            };
            play.frames(Messages.unseen(MediaKind.VIDEO, FrameRole.CODED, Codec.AVC, videoMillis, frames[amount % frames.length]));
            String[] headers = {"1700000000 ff", "1700000000 0164000cffe1", "1700000000", ""};
            String header = headers[amount % headers.length];
            play.frames(Messages.unseen(MediaKind.VIDEO, FrameRole.SEQUENCE_HEADER, Codec.AVC, videoMillis, header));
        }
        if (hasAudio) {
            String[] frames = {"af01", "af", ""};
            play.frames(Messages.unseen(MediaKind.AUDIO, FrameRole.CODED, Codec.AAC, videoMillis, frames[amount % frames.length]));
            play.frames(Messages.unseen(MediaKind.AUDIO, FrameRole.SEQUENCE_HEADER, Codec.AAC, videoMillis, "af00 ff"));
        }
    }

    private void glitch(int amount) {
        long back = videoMillis;
        videoMillis += amount * 3_000L - 40_000;
        if (hasVideo) {
            video(gopFrames);
        } else {
            audioFrame();
        }
        videoMillis = back;
    }

    private void picture() {
        if (hasVideo) {
            Bytes sps = Bytes.takeOver(Messages.hex(number % 2 == 0 ? Messages.SPS : Messages.OTHER_SPS));
            Bytes pps = Bytes.takeOver(Messages.hex(Messages.PPS));
            Bytes unit = Messages.nalUnit(0x65, number++, 0);
            sentVideo.put(unit, new Sent(videoMillis, unit, publication));
            play.frames(Messages.coded(0x17, videoMillis, 0, sps, pps, unit));
            videoMillis += frameMillis;
            frameInGop = 1;
        }
    }
}
