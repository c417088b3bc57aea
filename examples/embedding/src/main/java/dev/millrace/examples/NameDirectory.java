package dev.millrace.examples;

import dev.millrace.rtmp.stream.StreamName;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Which node has which name: what all nodes share. Thread-safe; a real one lets claims of a node expire that is no longer heard of. */
interface NameDirectory {

    /** Completes with whether the node has the name now; also if it had it before. */
    CompletionStage<Boolean> claim(StreamName name, String node);

    /** Frees the name, if the node has it. */
    CompletionStage<Void> release(StreamName name, String node);

    CompletionStage<Optional<String>> owner(StreamName name);

    /** For nodes of one process, which is for demonstration and tests. */
    static NameDirectory inMemory() {
        Map<StreamName, String> owners = new ConcurrentHashMap<>();
        return new NameDirectory() {
            @Override
            public CompletionStage<Boolean> claim(StreamName name, String node) {
                return CompletableFuture.completedStage(owners.computeIfAbsent(name, free -> node).equals(node));
            }

            @Override
            public CompletionStage<Void> release(StreamName name, String node) {
                owners.remove(name, node);
                return CompletableFuture.completedStage(null);
            }

            @Override
            public CompletionStage<Optional<String>> owner(StreamName name) {
                return CompletableFuture.completedStage(Optional.ofNullable(owners.get(name)));
            }
        };
    }
}
