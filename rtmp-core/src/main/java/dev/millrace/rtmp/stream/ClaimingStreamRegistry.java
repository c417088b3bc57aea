package dev.millrace.rtmp.stream;

import dev.millrace.media.Cancellable;
import dev.millrace.media.EndReason;
import dev.millrace.rtmp.stream.NameClaims.Claim;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes under names that it has claimed in all processes. */
final class ClaimingStreamRegistry implements StreamRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimingStreamRegistry.class);

    /**
     * Longer than connections wait for a decision, and short enough for a publisher that tries again after a failure of
     * the claims.
     */
    static final Duration LIMIT = Duration.ofSeconds(30);

    private final StreamRegistry local;
    private final NameClaims claims;
    private final Duration limit;
    private final Turns turns;
    private final Map<StreamName, Owner> owners = new ConcurrentHashMap<>();

    /** A stream of this process and its claim, which goes with the stream or to its successor. */
    private static final class Owner {

        private final LiveStream stream;
        private Optional<Claim> claim;
        private boolean released;

        Owner(LiveStream stream, Claim claim) {
            this.stream = stream;
            this.claim = Optional.of(claim);
        }

        boolean mayBeReplaced(Takeover takeover) {
            return stream.endReason().isPresent() || takeover.allows(stream.idleTime());
        }

        synchronized Optional<Claim> take() {
            Optional<Claim> taken = claim;
            claim = Optional.empty();
            return taken;
        }

        synchronized boolean takeIf(Claim lost) {
            return claim.filter(held -> held == lost).isPresent() && take().isPresent();
        }

        /** Takes the claim to release it. One that is given back later is too late. */
        synchronized Optional<Claim> takeLast() {
            released = true;
            return take();
        }

        /** Returns false if it is too late: the stream has ended, and nothing would release this claim. */
        synchronized boolean giveBack(Claim held) {
            if (!released) {
                claim = Optional.of(held);
            }
            return !released;
        }

        /** Called when the stream has ended. Returns true if there is a claim to release. */
        synchronized boolean hasClaimToRelease() {
            released |= claim.isEmpty();
            return claim.isPresent();
        }
    }

    /**
     * Creates a registry.
     *
     * @param limit how long a claim or release may take before the next of the name begins
     */
    ClaimingStreamRegistry(StreamRegistry local, NameClaims claims, Duration limit) {
        this.local = Objects.requireNonNull(local, "local");
        this.claims = Objects.requireNonNull(claims, "claims");
        this.limit = limit;
        this.turns = new Turns(limit);
    }

    @Override
    public CompletionStage<Publication> publish(StreamName name, StreamOptions options) {
        return publish(name, PublishOptions.DEFAULT.withOptions(options));
    }

    @Override
    public CompletionStage<Publication> publish(StreamName name, PublishOptions options) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(options, "options");
        return turns.run(name, () -> publishInTurn(name, options));
    }

    private CompletionStage<Publication> publishInTurn(StreamName name, PublishOptions options) {
        Optional<Owner> owner = Optional.ofNullable(owners.get(name));
        if (owner.filter(here -> !here.mayBeReplaced(options.takeover())).isPresent()) {
            return CompletableFuture.failedStage(new StreamBusyException(name));
        }
        Optional<Claim> taken = owner.flatMap(Owner::take);
        if (taken.isEmpty()) {
            return claims.claim(name).thenCompose(claim -> publishLocally(name, options, claim, Optional.empty()));
        }
        Claim old = taken.get();
        return Turns.call(old::transfer)
                .whenComplete((claim, failure) -> {
                    if (failure != null) {
                        giveBack(name, owner, old);
                    }
                })
                .thenCompose(claim -> publishLocally(name, options, claim, owner));
    }

    private CompletionStage<Publication> publishLocally(
            StreamName name, PublishOptions options, Claim claim, Optional<Owner> before) {
        Objects.requireNonNull(claim, "claim");
        return Turns.call(() -> local.publish(name, options)).handle((publication, failure) -> {
            if (failure == null) {
                own(new Owner(publication.stream(), claim), claim);
                return CompletableFuture.completedStage(publication);
            }
            return giveBack(name, before, claim)
                    .thenCompose(done -> CompletableFuture.<Publication>failedStage(failure));
        }).thenCompose(stage -> stage);
    }

    private void own(Owner owner, Claim claim) {
        owners.put(owner.stream.streamName(), owner);
        endWhenLost(owner, claim);
        if (!owner.stream.fanOut().beforeEnd(() -> releaseInTurn(owner))) {
            releaseInTurn(owner);
        }
    }

    private void endWhenLost(Owner owner, Claim claim) {
        Turns.call(claim::lost).thenAccept(reason -> {
            if (owner.takeIf(claim)) {
                LOG.warn("Claim lost stream={} token={} reason={}", owner.stream, claim.token(), reason);
                owners.remove(owner.stream.streamName(), owner);
                owner.stream.close(reason);
            }
        });
    }

    /** Gives a claim that was not used to the stream that had it before, or releases it. */
    private CompletionStage<?> giveBack(StreamName name, Optional<Owner> before, Claim claim) {
        if (before.filter(owner -> owner.giveBack(claim)).isEmpty()) {
            return release(name, claim);
        }
        endWhenLost(before.get(), claim);
        return CompletableFuture.completedStage(null);
    }

    /** Completes when the name is free elsewhere, or after the limit. */
    private CompletionStage<?> releaseInTurn(Owner owner) {
        if (!owner.hasClaimToRelease()) {
            owners.remove(owner.stream.streamName(), owner);
            return CompletableFuture.completedStage(null);
        }
        StreamName name = owner.stream.streamName();
        return turns.run(name, () -> {
            owners.remove(name, owner);
            return owner.takeLast().map(claim -> release(name, claim)).orElse(CompletableFuture.completedStage(null));
        }).toCompletableFuture().completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Never fails: a claim that cannot be released expires. */
    private static CompletionStage<Void> release(StreamName name, Claim claim) {
        return Turns.call(claim::release).exceptionally(failure -> {
            LOG.warn("Claim not released stream={} token={}", name, claim.token(), failure);
            return null;
        });
    }

    @Override
    public CompletionStage<Optional<LiveStream>> find(StreamName name) {
        return local.find(name);
    }

    @Override
    public Collection<LiveStream> streams() {
        return local.streams();
    }

    @Override
    public Cancellable addListener(StreamListener listener) {
        return local.addListener(listener);
    }

    @Override
    public Cancellable watch(StreamName name, Runnable changed) {
        return local.watch(name, changed);
    }
}
