package dev.millrace.hls.packager;

import dev.millrace.hls.playlist.BandwidthMeter;
import dev.millrace.hls.playlist.MediaPlaylist;
import dev.millrace.hls.playlist.MediaSegment;
import dev.millrace.hls.playlist.MultivariantPlaylist;
import dev.millrace.hls.playlist.PlaylistText;
import dev.millrace.hls.playlist.PlaylistType;
import dev.millrace.hls.playlist.Resolution;
import dev.millrace.hls.playlist.Variant;
import dev.millrace.hls.segment.SegmentFacts;
import dev.millrace.hls.segment.SegmenterStatistics;
import dev.millrace.hls.segment.Segment;
import dev.millrace.hls.store.ObjectName;
import dev.millrace.hls.store.StoreState;
import dev.millrace.media.Bytes;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Publishes the window of a stream: each change creates one snapshot, rendered once. Confined to the packager's executor; snapshots and statistics
 * are read from any thread.
 */
final class PlaylistPublisher {

    private static final String MEDIA_URI = "media.m3u8";
    private static final long TICKS_PER_SECOND = 90_000;

    private final HlsPackager.Setup setup;
    private final SegmentKeys keys;
    private final Map<String, String> mediaTypes = new ConcurrentHashMap<>();
    private Optional<Window> window;
    private Optional<MultivariantPlaylist> multivariant;
    private Optional<BandwidthMeter> meter = Optional.empty();
    private Optional<Initialization> initialization = Optional.empty();
    private Set<ObjectName> kept;
    private long version;
    private Duration longest = Duration.ZERO;

    private volatile Shown shown = new Shown(Optional.empty(), new CompletableFuture<>());
    private volatile long listedSegments;
    private volatile long listedBytes;
    private volatile long lostSegments;
    private volatile long failedCallbacks;

    PlaylistPublisher(HlsPackager.Setup setup, Optional<SavedState> saved, SegmentKeys keys) {
        this.setup = setup;
        this.keys = keys;
        this.window = saved.map(SavedState::window);
        this.kept = window.map(Window::names).orElseGet(HashSet::new);
        saved.ifPresent(state -> mediaTypes.putAll(state.mediaTypes()));
        mediaTypes.put(setup.options().container().format().extension(), setup.options().container().format().mediaType());
        this.multivariant = saved.map(SavedState::multivariant);
        window.ifPresent(restored -> {
            targetDuration(restored.playlist().targetDurationSeconds());
            Variant variant = multivariant.orElseThrow().variants().get(0);
            meter.orElseThrow().raise(variant.bandwidth(), variant.averageBandwidth());
            if (!restored.listed().isEmpty()) {
                show();
            }
        });
    }

    SegmentKeys keys() {
        return keys;
    }

    Optional<HlsSnapshot> snapshot() {
        return shown.snapshot();
    }

    /** Returns a snapshot with a greater version, as soon as there is one. From any thread. */
    CompletionStage<HlsSnapshot> after(long known) {
        Shown now = shown;
        return now.snapshot()
                .filter(newest -> newest.version() > known)
                .map(CompletableFuture::completedStage)
                .orElse(now.next());
    }

    OptionalInt targetDurationSeconds() {
        return window.map(known -> OptionalInt.of(known.playlist().targetDurationSeconds())).orElse(OptionalInt.empty());
    }

    /** Sets the target duration, which never changes again. */
    void targetDuration(int seconds) {
        if (window.isEmpty()) {
            // Without a saved state the number must not decrease either: seconds increase faster than segments.
            window = Optional.of(Window.empty(seconds, setup.clock().instant().getEpochSecond(), setup.options().mode()));
        }
        if (meter.isEmpty()) {
            meter = Optional.of(new BandwidthMeter(seconds));
        }
    }

    /** Returns the window with one more segment, which is about to be stored. */
    Window with(MediaSegment segment, Listed entry, Segment source) {
        // Also if the segment gets lost: the state that is stored with it has the rates to be published.
        meter.orElseThrow().add(source.size(), source.durationTicks());
        Window before = window.orElseThrow();
        boolean veryFirst = before.listed().isEmpty() && before.retained().isEmpty() && shown.snapshot().isEmpty();
        // A decoder is set up anew at a discontinuity only.
        boolean isInitializedAnew = before.newest().filter(last -> !last.initialization().equals(entry.initialization())).isPresent();
        boolean discontinuity = !veryFirst && (segment.discontinuity() || isInitializedAnew);
        return before.plus(segment.withDiscontinuity(discontinuity), entry, setup.options());
    }

    /** Returns the state to store with a segment that is about to be listed. */
    StoreState stateOf(Window next, Segment segment) {
        return saved(next, multivariant(segment.facts(), next)).toStore(names(next));
    }

    private SavedState saved(Window of, MultivariantPlaylist variants) {
        return new SavedState(of, variants, keys.used(), mediaTypes);
    }

    /** Returns the objects to keep for a window, and the initialization segment that the next segment may need. */
    private Set<ObjectName> names(Window of) {
        Set<ObjectName> names = of.names();
        initialization.ifPresent(current -> names.add(current.name()));
        return names;
    }

    /** Returns the name of the initialization segment in use if it has this content. */
    Optional<ObjectName> initialization(Bytes content) {
        return initialization.filter(current -> current.bytes().equals(content)).map(Initialization::name);
    }

    /** Returns the state to store with an initialization segment: what is listed, and the new object. */
    StoreState stateWith(ObjectName added) {
        Set<ObjectName> names = window.map(this::names).orElseGet(HashSet::new);
        names.add(added);
        return window.isPresent() && multivariant.isPresent()
                ? saved(window.get(), multivariant.get()).toStore(names)
                : new StoreState(Bytes.EMPTY, names);
    }

    /** Uses an initialization segment that is stored now for the segments from the next one on. */
    void use(Initialization stored) {
        initialization = Optional.of(stored);
        kept.add(stored.name());
    }

    /** Deletes objects that the state no longer retains. */
    private void keepOnly(Set<ObjectName> names) {
        kept.stream().filter(name -> !names.contains(name)).forEach(setup.store()::delete);
        kept = names;
    }

    /** Returns the media type of an object. From any thread. */
    Optional<String> mediaType(ObjectName name) {
        return Optional.ofNullable(mediaTypes.get(name.extension()));
    }

    private MultivariantPlaylist multivariant(SegmentFacts facts, Window listed) {
        long bandwidth = meter.orElseThrow().bandwidth().orElse(1);
        long average = meter.orElseThrow().averageBandwidth().orElse(1);
        Optional<Resolution> resolution = facts.width().isPresent() && facts.height().isPresent()
                ? Optional.of(new Resolution(facts.width().getAsInt(), facts.height().getAsInt()))
                : Optional.empty();
        Variant variant = new Variant(
                MEDIA_URI, bandwidth, Math.min(average, bandwidth), facts.codecs(), resolution, facts.framesPerSecond());
        boolean independent = listed.playlist().independentSegments();
        return new MultivariantPlaylist(independent, List.of(variant));
    }

    /** Lists a stored segment, and deletes objects that are no longer retained. */
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
    void publish(Window next, Segment segment) {
        window = Optional.of(next);
        multivariant = Optional.of(multivariant(segment.facts(), next));
        listedSegments++;
        listedBytes += segment.size();
        keepOnly(names(next));
        keys.keepOnly(new HashSet<>(next.keyIds().collect(Collectors.toSet())));
        if (setup.options().mode() != HlsMode.VOD) {
            show();
        }
    }

    private void show() {
        Window now = window.orElseThrow();
        MediaPlaylist list = now.playlist();
        if (list.ended() && setup.options().mode() == HlsMode.VOD) {
            list = new MediaPlaylist(
                    list.targetDurationSeconds(), list.mediaSequence(), list.discontinuitySequence(), Optional.of(PlaylistType.VOD),
                    list.independentSegments(), list.segments(), list.ended());
        }
        Duration length = Duration.ofMillis(list.durationTicks() * 1_000 / TICKS_PER_SECOND);
        longest = length.compareTo(longest) > 0 ? length : longest;
        MultivariantPlaylist variants = multivariant.orElseThrow();
        HlsSnapshot made = new HlsSnapshot(
                version++, list, PlaylistText.of(list), variants, PlaylistText.of(variants), setup.clock().instant());
        CompletableFuture<HlsSnapshot> awaited = shown.next();
        shown = new Shown(Optional.of(made), new CompletableFuture<>());
        awaited.complete(made);
        tell(listener -> listener.onPlaylist(made));
    }

    /** Ends the playlist. The caller saves the state then. */
    void end() {
        if (isSomethingListed()) {
            window = Optional.of(window.orElseThrow().ended());
            show();
        }
        tell(HlsListener::onEnded);
    }

    private boolean isSomethingListed() {
        return multivariant.isPresent() && window.filter(known -> !known.listed().isEmpty()).isPresent();
    }

    /** Returns the state to store, if anything is listed. */
    Optional<StoreState> state() {
        return isSomethingListed()
                ? Optional.of(saved(window.orElseThrow(), multivariant.orElseThrow()).toStore(names(window.orElseThrow())))
                : Optional.empty();
    }

    /** Returns how long players that have just started need the listed segments. */
    Duration playTime() {
        return longest.plusSeconds(window.map(known -> known.playlist().targetDurationSeconds()).orElse(0));
    }

    /** Lets the playlist expire: waits for a further snapshot fail. */
    void expired() {
        shown.next().completeExceptionally(new IllegalStateException("the stream is over"));
        tell(HlsListener::onExpired);
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
    void lost(String reason) {
        lostSegments++;
        tell(listener -> listener.onSegmentLost(reason));
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
    void tell(Consumer<HlsListener> call) {
        try {
            call.accept(setup.listener());
        } catch (RuntimeException | Error e) {
            failedCallbacks++;
        }
    }

    /** The newest snapshot, and the one to come. */
    private record Shown(Optional<HlsSnapshot> snapshot, CompletableFuture<HlsSnapshot> next) {}

    HlsStatistics statistics(int pendingSegments, SegmenterStatistics segmenter) {
        return new HlsStatistics(listedSegments, listedBytes, lostSegments, pendingSegments, failedCallbacks, segmenter);
    }
}
