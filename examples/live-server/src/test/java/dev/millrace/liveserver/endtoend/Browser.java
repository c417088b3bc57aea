package dev.millrace.liveserver.endtoend;

import dev.millrace.examples.endtoend.Tool;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium without a window, which plays without being clicked at. To be closed in any case. For one thread. */
final class Browser implements AutoCloseable {

    private static final String CHROMIUM = "chromium";
    private static final String DRIVER = "chromedriver";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Waits in the page, so that nobody asks again and again from outside. */
    private static final String AWAIT = """
            const done = arguments[arguments.length - 1];
            const end = performance.now() + arguments[0];
            const look = () => {
                const answer = (() => { %s })();
                if (answer || performance.now() > end) {
                    done(answer);
                } else {
                    setTimeout(look, 50);
                }
            };
            look();
            """;

    /** Selenium warns of each browser that is newer than itself. Loggers are forgotten where nobody holds them. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private final ChromeDriver driver;

    private final Path folder;

    private Browser(ChromeDriver driver, Path folder) {
        this.driver = driver;
        this.folder = folder;
    }

    static boolean isInstalled() {
        return Tool.isInstalled(CHROMIUM) && Tool.isInstalled(DRIVER);
    }

    /** Skips the test where it is not. */
    static void assumeInstalled() {
        Tool.installed(CHROMIUM);
        Tool.installed(DRIVER);
    }

    /** Starts it; the test is skipped where Chromium or its driver is not installed. */
    static Browser open() throws IOException {
        String chromium = Tool.installed(CHROMIUM).command().get(0);
        String program = Tool.installed(DRIVER).command().get(0);
        Path folder = Files.createTempDirectory("browser");
        SELENIUM.setLevel(Level.SEVERE);
        // Both are named, so that Selenium does not look for them, here or elsewhere.
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(program))
                .usingAnyFreePort()
                .withEnvironment(Map.of("TMPDIR", folder.toString()))
                .withLogOutput(OutputStream.nullOutputStream())
                .build();
        Browser browser = new Browser(new ChromeDriver(service, options(chromium)), folder);
        browser.driver.manage().timeouts().scriptTimeout(PATIENCE.plusSeconds(10)).pageLoadTimeout(PATIENCE);
        return browser;
    }

    private static ChromeOptions options(String chromium) {
        LoggingPreferences console = new LoggingPreferences();
        console.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium);
        options.setCapability(ChromeOptions.LOGGING_PREFS, console);
        options.addArguments(
                "--headless=new",
                "--no-sandbox", // which root cannot have
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--mute-audio",
                "--autoplay-policy=no-user-gesture-required",
                "--window-size=1280,900",
                "--no-first-run",
                "--no-proxy-server",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync");
        return options;
    }

    /** For what is not here. */
    WebDriver driver() {
        return driver;
    }

    /** Goes to a page and waits until it is loaded. */
    void go(String url) {
        driver.get(url);
    }

    /** Runs a script in the page, with {@code arguments[0]} and so on, and gives what it returns, {@code ""} for nothing. */
    Object run(String script, Object... arguments) {
        Object answer = driver.executeScript(script, arguments);
        return answer == null ? "" : answer;
    }

    /** Waits until a script with a {@code return} gives something that is true; gives that. */
    Object await(String script) {
        return await(script, PATIENCE);
    }

    /** The same with another limit, at most a minute. */
    Object await(String script, Duration limit) {
        Object answer = driver.executeAsyncScript(AWAIT.formatted(script), limit.toMillis());
        if (answer == null || answer.equals(false) || answer.equals("")) {
            throw new AssertionError("not true in " + limit.toSeconds() + " s: " + script + "; console: " + console());
        }
        return answer;
    }

    /** What pages have put on the console since the last call, errors of scripts and requests among it. */
    List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream().map(LogEntry::toString).toList();
    }

    /** Ends browser and driver, and removes what Chromium leaves behind. */
    @Override
    public void close() {
        driver.quit();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException | UncheckedIOException e) {
            SELENIUM.log(Level.SEVERE, "something is left in " + folder, e);
        }
    }
}
