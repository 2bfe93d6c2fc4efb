package dev.usher.startup;

import dev.usher.destination.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;

/**
 * One process at a time works in a data folder: a second broker on the same journal would wait for the first for ever,
 * without a word. The lock ends with the process, however that ends.
 */
final class DataFolderLock implements DisposableBean {

    private final FileChannel channel;

    private DataFolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Makes the folder and takes its lock; null, and a problem, when that cannot be done. */
    static @Nullable DataFolderLock take(Path folder, List<Problem> problems) {
        var file = folder.resolve("usher.lock");
        try {
            Files.createDirectories(folder);
            var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isLocked(channel)) {
                return new DataFolderLock(channel);
            }
            channel.close();
            problems.add(new Problem(
                    folder.toAbsolutePath().normalize().toString(),
                    "another Usher works in this data folder",
                    "end that process, or give this one its own folder by usher.data (USHER_DATA)"));
        } catch (IOException e) {
            problems.add(new Problem(
                    folder.toAbsolutePath().normalize().toString(),
                    "the data folder cannot be written (" + e.getClass().getSimpleName() + ")",
                    "set usher.data (USHER_DATA) to a folder that the process may write"));
        }
        return null;
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void destroy() throws IOException {
        channel.close();
    }
}
