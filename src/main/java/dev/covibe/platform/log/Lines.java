package dev.covibe.platform.log;

import dev.covibe.platform.settings.CovibeSettings;
import dev.covibe.platform.settings.CovibeSettings.LogForm;
import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How the log is written: JSON for Cloud Logging when hosted, readable lines otherwise. One build does both. */
@Singleton
class Lines {

    private final Formatter formatter;

    Lines(CovibeSettings settings, @ConfigProperty(name = "google.cloud.project") Optional<String> project) {
        LogForm form = settings.log().orElse(settings.hostedUrl().isPresent() ? LogForm.JSON : LogForm.TEXT);
        this.formatter = switch (form) {
            case JSON -> new CloudLines(project);
            case TEXT -> new ReadableLines();
        };
    }

    void install(@Observes @Priority(1) StartupEvent event) {
        for (Handler handler : InitialConfigurator.DELAYED_HANDLER.getHandlers()) {
            handler.setFormatter(formatter);
        }
    }
}
