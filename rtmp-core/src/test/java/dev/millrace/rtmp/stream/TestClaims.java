package dev.millrace.rtmp.stream;

import dev.millrace.media.EndReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Claims that many processes share. Calls wait for {@link #answer} if the test wants. One thread at a time. */
final class TestClaims {

    /** Each call, in order: who did what. */
    final List<String> calls = new ArrayList<>();

    /** Work that waits for its answer. */
    private final List<Runnable> pending = new ArrayList<>();

    private final Map<StreamName, Held> held = new HashMap<>();
    private final List<Held> granted = new ArrayList<>();
    private long tokens;

    /** Whether calls wait. */
    boolean slow;

    /** How the next release or transfer fails, in the call itself. */
    Optional<RuntimeException> failure = Optional.empty();

    NameClaims of(String process) {
        return name -> later(() -> {
            calls.add(process + " claims " + name);
            if (held.containsKey(name)) {
                throw new CompletionException(new StreamBusyException(name, held.get(name).process + " has it"));
            }
            return hold(process, name);
        });
    }

    private Held hold(String process, StreamName name) {
        Held claim = new Held(process, name, ++tokens);
        held.put(name, claim);
        granted.add(claim);
        return claim;
    }

    Optional<String> owner(StreamName name) {
        return Optional.ofNullable(held.get(name)).map(claim -> claim.process + " " + claim.token);
    }

    /** Takes a name from the process that has it. */
    void lose(StreamName name, EndReason reason) {
        held.remove(name).lost.complete(reason);
    }

    /** Tells that a claim is lost which is void by now. */
    void loseVoid(int token) {
        granted.get(token - 1).lost.complete(EndReason.FAILED);
    }

    /** Lets the oldest call that waits have its effect. */
    void answer() {
        pending.remove(0).run();
    }

    int waiting() {
        return pending.size();
    }

    private <T> CompletionStage<T> later(Supplier<T> effect) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Runnable run = () -> {
            try {
                result.complete(effect.get());
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        };
        if (slow) {
            pending.add(run);
        } else {
            run.run();
        }
        return result;
    }

    private void fail() {
        Optional<RuntimeException> thrown = failure;
        failure = Optional.empty();
        if (thrown.isPresent()) {
            throw thrown.get();
        }
    }

    private final class Held implements NameClaims.Claim {

        private final String process;
        private final StreamName name;
        private final long token;
        private final CompletableFuture<EndReason> lost = new CompletableFuture<>();

        Held(String process, StreamName name, long token) {
            this.process = process;
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
        public CompletionStage<NameClaims.Claim> transfer() {
            calls.add(process + " transfers " + token);
            fail();
            return later(() -> {
                if (held.get(name) != this) {
                    throw new IllegalStateException("claim " + token + " is void");
                }
                return hold(process, name);
            });
        }

        @Override
        public CompletionStage<Void> release() {
            calls.add(process + " releases " + token);
            fail();
            return later(() -> {
                held.remove(name, this);
                return null;
            });
        }
    }
}
