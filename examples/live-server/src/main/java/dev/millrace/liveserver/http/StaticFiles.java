package dev.millrace.liveserver.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The files of the page, read once from the class path. Requests are looked up in a map, never in a file
 * system. Immutable.
 */
final class StaticFiles {

    /** Where the page's own files are. */
    static final String PAGE = "/dev/millrace/liveserver/page/";

    private static final String HLS_JS = "org.webjars.npm/hls.js";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "ico", "image/x-icon",
            "json", "application/json",
            "txt", "text/plain; charset=utf-8");

    private final Map<String, StaticFile> byPath;

    private StaticFiles(Map<String, StaticFile> byPath) {
        this.byPath = Map.copyOf(byPath);
    }

    /**
     * Reads the files of a folder of the class path, and hls.js.
     *
     * @param folder with slashes at both ends; must have an index.html
     * @throws IOException if something cannot be read or is not there
     */
    static StaticFiles read(String folder) throws IOException {
        Map<String, StaticFile> files = new HashMap<>();
        URL index = StaticFiles.class.getResource(folder + "index.html");
        if (index == null) {
            throw new IOException("no " + folder + "index.html on the class path");
        }
        URI uri = uri(index);
        if (uri.getScheme().equals("jar")) {
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                readFolder(jar.getPath(folder), files);
            }
        } else {
            readFolder(Path.of(uri).getParent(), files);
        }
        files.put("/", files.get("/index.html"));
        files.put("/openapi.json", readResource("openapi.json", "application/json"));
        files.put("/assets/hls.min.js", hlsJs());
        return new StaticFiles(files);
    }

    private static URI uri(URL url) throws IOException {
        try {
            return url.toURI();
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private static void readFolder(Path folder, Map<String, StaticFile> files) throws IOException {
        List<Path> children;
        try (Stream<Path> list = Files.list(folder)) {
            children = list.filter(Files::isRegularFile).toList();
        }
        for (Path child : children) {
            String name = child.getFileName().toString();
            String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
            files.put("/" + name, new StaticFile(Files.readAllBytes(child), type));
        }
    }

    /** The folder of a webjar has its version in its name, which it tells itself. */
    private static StaticFile hlsJs() throws IOException {
        Properties told = new Properties();
        try (InputStream in = open("/META-INF/maven/" + HLS_JS + "/pom.properties")) {
            told.load(in);
        }
        return readResource("/META-INF/resources/webjars/hls.js/" + told.getProperty("version") + "/dist/hls.min.js", TYPES.get("js"));
    }

    private static StaticFile readResource(String name, String type) throws IOException {
        try (InputStream in = open(name)) {
            return new StaticFile(in.readAllBytes(), type);
        }
    }

    private static InputStream open(String name) throws IOException {
        InputStream in = StaticFiles.class.getResourceAsStream(name);
        if (in == null) {
            throw new IOException("no " + name + " on the class path");
        }
        return in;
    }

    /** The file at a path, as it stands in a request line. */
    Optional<StaticFile> at(String rawPath) {
        return Optional.ofNullable(byPath.get(rawPath));
    }
}
