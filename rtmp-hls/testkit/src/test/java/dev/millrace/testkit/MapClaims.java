package dev.millrace.testkit;

import dev.millrace.media.EndReason;
import dev.millrace.rtmp.stream.NameClaims;
import dev.millrace.rtmp.stream.StreamBusyException;
import dev.millrace.rtmp.stream.StreamName;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The claims of one process in a map that all processes share. */
record MapClaims(Map<StreamName, NameClaims.Claim> held, AtomicLong tokens) implements NameClaims {

    MapClaims() {
        this(new ConcurrentHashMap<>(), new AtomicLong());
    }

    @Override
    public CompletionStage<Claim> claim(StreamName name) {
        Claim[] granted = new Claim[1];
        held.computeIfAbsent(name, free -> {
            granted[0] = new MapClaim(name, tokens.incrementAndGet());
            return granted[0];
        });
        return granted[0] == null
                ? CompletableFuture.failedStage(new StreamBusyException(name, "claimed"))
                : CompletableFuture.completedStage(granted[0]);
    }

    private final class MapClaim implements Claim {

        private final StreamName name;
        private final long token;
        private final CompletableFuture<EndReason> lost = new CompletableFuture<>();

        MapClaim(StreamName name, long token) {
            this.name = name;
            this.token = token;
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
        public CompletionStage<Claim> transfer() {
            Claim next = new MapClaim(name, tokens.incrementAndGet());
            return held.replace(name, this, next)
                    ? CompletableFuture.completedStage(next)
                    : CompletableFuture.failedStage(new IllegalStateException("claim " + token + " is void"));
        }

        @Override
        public CompletionStage<Void> release() {
            held.remove(name, this);
            return CompletableFuture.completedStage(null);
        }
    }
}
