package dev.millrace.examples;

import dev.millrace.media.EndReason;
import dev.millrace.rtmp.stream.NameClaims;
import dev.millrace.rtmp.stream.StreamBusyException;
import dev.millrace.rtmp.stream.StreamName;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The state that all nodes share: which node owns which name. This one serves nodes of one process; a real
 * one is a database table or a coordination service, in which the claims of a node expire when the node is
 * lost. Thread-safe.
 */
final class NameDirectory {

    private final Map<StreamName, Claim> held = new ConcurrentHashMap<>();
    private final AtomicLong tokens = new AtomicLong();

    /** Returns the claims of a node. */
    NameClaims claims(String node) {
        return name -> {
            Claim[] granted = new Claim[1];
            Claim owner = held.computeIfAbsent(name, free -> granted[0] = new Claim(name, node));
            return owner == granted[0]
                    ? CompletableFuture.completedStage(owner)
                    : CompletableFuture.failedStage(new StreamBusyException(name, "node " + owner.node + " has it"));
        };
    }

    /** Returns the node that owns a name. */
    CompletionStage<Optional<String>> owner(StreamName name) {
        return CompletableFuture.completedStage(Optional.ofNullable(held.get(name)).map(claim -> claim.node));
    }

    /** Frees a name of a lost node. */
    void expire(StreamName name) {
        Optional.ofNullable(held.remove(name)).ifPresent(claim -> claim.lost.complete(EndReason.CLOSED_BY_HOST));
    }

    private final class Claim implements NameClaims.Claim {

        private final StreamName name;
        private final String node;
        private final long token = tokens.incrementAndGet();
        private final CompletableFuture<EndReason> lost = new CompletableFuture<>();

        Claim(StreamName name, String node) {
            this.name = name;
            this.node = node;
        }

        @Override
        public long token() {
            return token;
        }

        @Override
        public CompletionStage<EndReason> lost() {
            return lost;
        }

        @Override
        public CompletionStage<NameClaims.Claim> transfer() {
            Claim next = new Claim(name, node);
            return held.replace(name, this, next)
                    ? CompletableFuture.completedStage(next)
                    : CompletableFuture.failedStage(new IllegalStateException("claim " + token + " of " + name + " is void"));
        }

        @Override
        public CompletionStage<Void> release() {
            held.remove(name, this);
            return CompletableFuture.completedStage(null);
        }
    }
}
