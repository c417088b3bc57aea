package dev.millrace.hls.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The objects of one stream in a folder. The names of committed objects are kept in memory from the first call on, so that a miss does not
 * touch the disk.
 *
 * <p>Fields are confined to the queue unless stated otherwise.
 */
final class DirectorySegmentStore implements SegmentStore {

    private static final String TEMPORARY = ".tmp";

    private final Path folder;
    private final Disk disk;
    private final ByteBudget pending;
    private final SerialQueue queue;
    private final StateFile stateFile;
    private final Consumer<DirectorySegmentStore> onDiscarded;

    /** Sizes in bytes. Read by any thread once {@link #recovered}. */
    private final Map<ObjectName, Long> committed = new ConcurrentHashMap<>();
    private volatile boolean recovered;

    private final Map<ObjectName, DirectorySegmentWriter> writing = new HashMap<>();
    private boolean hasState;
    private boolean discarded;
    private boolean gone;

    DirectorySegmentStore(Path folder, Executor executor, ByteBudget pending, Disk disk, Consumer<DirectorySegmentStore> onDiscarded) {
        this.folder = folder;
        this.disk = disk;
        this.pending = pending;
        this.queue = new SerialQueue(executor);
        this.stateFile = new StateFile(folder, disk);
        this.onDiscarded = onDiscarded;
    }

    /** Runs work after all earlier work, on a folder that is cleaned up. */
    <T> CompletionStage<T> submit(Callable<T> work) {
        return queue.submit(() -> {
            if (!recovered) {
                recover();
            }
            return work.call();
        });
    }

    /** Finds what an earlier life left, and removes what is not retained. */
    private void recover() throws IOException {
        Map<String, Long> files = disk.sizes(folder);
        Optional<StoreState> state = files.containsKey(StateFile.NAME) ? stateFile.read() : Optional.empty();
        boolean damaged = files.containsKey(StateFile.NAME) && state.isEmpty();
        if (damaged) {
            stateFile.setAside();
        }
        Set<ObjectName> wanted = state.map(StoreState::retained).orElse(Set.of());
        for (Map.Entry<String, Long> file : files.entrySet()) {
            Optional<ObjectName> name = ObjectName.ofFileName(file.getKey());
            // A damaged state does not say what is retained: everything is kept until the next start.
            if (name.isPresent() && (damaged || wanted.contains(name.get()))) {
                committed.put(name.get(), file.getValue());
            } else if (name.isPresent() || isTemporary(file.getKey())) {
                deleteLeftover(folder.resolve(file.getKey()));
            }
        }
        hasState = state.isPresent();
        recovered = true;
    }

    private static boolean isTemporary(String name) {
        return name.equals(StateFile.TEMPORARY_NAME)
                || name.endsWith(TEMPORARY) && ObjectName.ofFileName(name.substring(0, name.length() - TEMPORARY.length())).isPresent();
    }

    private void deleteLeftover(Path file) {
        try {
            disk.delete(file);
        } catch (IOException e) {
            // The next start tries again.
            return;
        }
    }

    @Override
    public CompletionStage<Optional<StoreState>> state() {
        return submit(() -> hasState ? stateFile.read() : Optional.empty());
    }

    @Override
    public CompletionStage<SegmentWriter> open(ObjectName name) {
        Objects.requireNonNull(name, "name");
        return submit(() -> {
            checkNotDiscarded();
            if (committed.containsKey(name) || writing.containsKey(name)) {
                throw new IOException(name.fileName() + " is there already, want a new segment");
            }
            disk.makeFolder(folder);
            Path temporary = temporaryFile(name);
            DirectorySegmentWriter writer = new DirectorySegmentWriter(this, name, disk.create(temporary), disk, pending);
            writing.put(name, writer);
            return writer;
        });
    }

    @Override
    public CompletionStage<Void> delete(ObjectName name) {
        Objects.requireNonNull(name, "name");
        return submit(() -> {
            if (!discarded) {
                committed.remove(name);
                disk.delete(file(name));
            }
            return null;
        });
    }

    @Override
    public CompletionStage<Optional<SegmentContent>> read(ObjectName name) {
        Objects.requireNonNull(name, "name");
        return recovered ? CompletableFuture.completedStage(find(name)) : submit(() -> find(name));
    }

    private Optional<SegmentContent> find(ObjectName name) {
        return Optional.ofNullable(committed.get(name)).map(size -> new SegmentContent.InFile(file(name), size));
    }

    @Override
    public CompletionStage<Void> saveState(StoreState state) {
        Objects.requireNonNull(state, "state");
        return submit(() -> {
            checkNotDiscarded();
            disk.makeFolder(folder);
            stateFile.prepare(state);
            stateFile.publish();
            hasState = true;
            return null;
        });
    }

    @Override
    public CompletionStage<Void> discard() {
        return submit(() -> {
            if (!gone) {
                removeAll();
                gone = true;
                onDiscarded.accept(this);
            }
            return null;
        });
    }

    private void removeAll() throws IOException {
        // First: the next start removes what no state retains.
        disk.delete(folder.resolve(StateFile.NAME));
        hasState = false;
        discarded = true;
        committed.clear();
        for (DirectorySegmentWriter writer : List.copyOf(writing.values())) {
            writer.fail(discardedFailure());
        }
        for (String name : disk.sizes(folder).keySet()) {
            if (isTemporary(name) || name.equals(StateFile.DAMAGED_NAME) || ObjectName.ofFileName(name).isPresent()) {
                disk.delete(folder.resolve(name));
            }
        }
        disk.deleteFolderIfEmpty(folder);
    }

    /** Makes a complete temporary file readable, with its state. On the queue. */
    void publish(ObjectName name, long size, StoreState state) throws IOException {
        checkNotDiscarded();
        stateFile.prepare(state);
        disk.move(temporaryFile(name), file(name));
        try {
            stateFile.publish();
        } catch (IOException e) {
            // If this fails too, the next start removes the file: no state retains it.
            deleteLeftover(file(name));
            throw e;
        }
        hasState = true;
        committed.put(name, size);
    }

    /** Removes a writer that has ended. On the queue. */
    void ended(ObjectName name) {
        writing.remove(name);
    }

    Path temporaryFile(ObjectName name) {
        return folder.resolve(name.fileName() + TEMPORARY);
    }

    private Path file(ObjectName name) {
        return folder.resolve(name.fileName());
    }

    private void checkNotDiscarded() throws IOException {
        if (discarded) {
            throw discardedFailure();
        }
    }

    private static IOException discardedFailure() {
        return new IOException("the stream was discarded");
    }
}
