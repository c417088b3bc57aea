package dev.millrace.liveserver.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.examples.endtoend.RunningTool;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Dimension;

/** The page of LiveServer in Chromium, as a user sees it who never reloads it. */
@Tag("endtoend")
@Timeout(180)
class PageEndToEndTest {

    private static final String CARD = "document.querySelector('article.stream[data-stream-id=\"rtmp/live/%s\"]')";

    @TempDir
    private Path folder;

    private static String card(String key) {
        return CARD.formatted(key);
    }

    private static String pageOf(LiveHls live) {
        return "http://127.0.0.1:" + live.httpPort() + "/";
    }

    /** The browser itself tells of pictures that are not there yet, and of a server that has gone; nothing else is to be told. */
    private static void assertCalm(Browser browser) {
        List<String> errors = browser.console().stream()
                .filter(line -> line.contains("SEVERE") && !line.contains("Failed to load resource"))
                .toList();
        assertEquals(List.of(), errors);
    }

    private static void assertFits(Browser browser, int widthPixels) {
        browser.driver().manage().window().setSize(new Dimension(widthPixels, 800));
        browser.await("return window.innerWidth <= " + Math.max(widthPixels, 500) + ";");
        assertEquals(true, browser.run("return document.documentElement.scrollWidth <= document.documentElement.clientWidth;"), widthPixels + " px");
    }

    @Test
    void showsWhatStartsAndEndsAndPlaysIt() throws Exception {
        Path film = new TestMedia(folder).encode("640x360", 60);
        try (Browser browser = Browser.open(); LiveHls live = LiveHls.start(folder)) {
            browser.go(pageOf(live));
            browser.run("window.loadedOnce = true;");
            browser.await("return !document.querySelector('#empty').hidden;");
            assertFits(browser, 360);
            assertFits(browser, 1280);

            RunningTool publisher = live.publish("test123", "-stream_loop", "-1", "-i", film.toString());
            browser.await("return !!" + card("test123") + ";");
            browser.await("return document.querySelector('#empty').hidden;");
            browser.await("return " + card("test123") + ".textContent.includes('640×360');");
            browser.await("const picture = " + card("test123") + ".querySelector('img'); return picture && picture.naturalWidth === 640;");

            browser.run(card("test123") + ".querySelector('button.play').click();");
            String video = card("test123") + ".querySelector('video')";
            browser.await("const video = " + video + "; return video && video.videoWidth === 640 && video.currentTime > 0 && !video.paused;");
            double before = ((Number) browser.run("return " + video + ".currentTime;")).doubleValue();
            browser.await("return " + video + ".currentTime > " + (before + 3) + ";");
            browser.await("return " + card("test123") + ".querySelector('.viewers').textContent.includes('1 viewer');");
            assertFits(browser, 360);
            assertFits(browser, 1280);

            publisher.close();
            browser.await("const ended = " + card("test123") + ".querySelector('.ended'); return !!ended;");
            browser.await("return !" + card("test123") + " && !document.querySelector('#empty').hidden;");
            assertEquals(true, browser.run("return window.loadedOnce === true;"), "the page was loaded again");
            assertCalm(browser);
        }
    }

    @Test
    void theDemoPlaysFromALink() throws Exception {
        try (Browser browser = Browser.open(); LiveHls live = LiveHls.start(folder, "--demo")) {
            browser.go(pageOf(live) + "#rtmp/live/demo");
            String video = card("demo") + ".querySelector('video')";
            browser.await("const video = " + card("demo") + " && " + video + "; return video && video.videoWidth === 640 && video.currentTime > 2;");
            assertTrue(((Number) browser.run("return " + video + ".webkitAudioDecodedByteCount;")).longValue() > 0);
            assertCalm(browser);
        }
    }

    @Test
    void saysThatTheServerHasGone() throws Exception {
        try (Browser browser = Browser.open()) {
            try (LiveHls live = LiveHls.start(folder)) {
                browser.go(pageOf(live));
                browser.await("return !document.querySelector('#empty').hidden;");
                assertEquals("", browser.run("return document.querySelector('#connection').textContent;"));
            }
            browser.await("return document.querySelector('#connection').textContent.includes('lost');");
        }
    }
}
