package dev.covibe.platform.git;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryIdentityTest {

    private static final String ROOT = "3f786850e387550fdab836ed7e6dc881de23001b";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://github.com/acme/web",
                "https://github.com/acme/web.git",
                "https://github.com/acme/web/",
                "https://github.com/acme/web.git/",
                "https://github.com//acme//web",
                "http://www.github.com/acme/web",
                "https://GitHub.com/Acme/Web.GIT",
                "https://lin:secret@github.com/acme/web.git",
                "https://lin:se@cret@github.com/acme/web.git",
                "https://x-access-token:ghs_16C7@github.com:443/acme/web.git",
                "https://github.com/acme/web?tab=readme#start",
                "git@github.com:acme/web.git",
                "git@github.com:/acme/web.git",
                "github.com:acme/web",
                "ssh://git@github.com/acme/web.git",
                "ssh://git@github.com:22/acme/web.git",
                "ssh://git@github.com:acme/web.git",
                "ssh://git@ssh.github.com:443/acme/web.git",
                "git@github.com-work:acme/web.git",
                "git+ssh://git@github.com/acme/web.git",
                "git://github.com/acme/web.git",
                "  github.com/acme/web  ",
                "org-1234@github.com:acme/web.git"
            })
    void one_repository_has_one_name_however_it_was_cloned(String remote) {
        assertThat(name(remote)).isEqualTo("github.com/acme/web");
    }

    @ParameterizedTest
    @CsvSource({
        "git@ssh.dev.azure.com:v3/acme/shop/web, https://lin@dev.azure.com/acme/shop/_git/web",
        "acme@vs-ssh.visualstudio.com:v3/acme/shop/web, https://acme.visualstudio.com/DefaultCollection/shop/_git/web",
        "ssh://git@altssh.gitlab.com:443/acme/tools/web.git, https://gitlab.com/acme/tools/web",
        "ssh://git@[2001:db8::1]:2222/acme/web.git, 'git@[2001:db8::1]:acme/web'",
        "ssh://git@code.example.com:7999/acme/web.git, https://code.example.com:8443/acme/web",
        "http://localhost:3000/acme/web, http://localhost/acme/web.git"
    })
    void a_host_is_the_same_by_ssh_and_by_https(String one, String other) {
        assertThat(name(one)).isEqualTo(name(other)).doesNotContain("nothing");
    }

    @ParameterizedTest
    @CsvSource({
        "git@github.com:acme/web.git, git@github.com:lin/web.git",
        "https://github.com/acme/web, https://gitlab.com/acme/web",
        "https://github.com/acme/web, https://github.com/acme/web-app",
        "https://github.com/acme/web, https://github.com/acme/web/wiki",
        "https://github.com/acme/web, https://github.com.evil.example/acme/web",
        "root:3f786850e387550fdab836ed7e6dc881de23001b, root:89e6c98d92887913cadf06b2adb97f26cde4849b"
    })
    void forks_and_other_repositories_stay_apart(String one, String other) {
        assertThat(name(one)).isNotEqualTo(name(other));
    }

    @Test
    void a_repository_without_a_remote_is_called_by_its_first_commit() {
        assertThat(name("root:" + ROOT)).isEqualTo("root:" + ROOT);
        assertThat(name(ROOT.toUpperCase())).isEqualTo("root:" + ROOT);
        assertThat(name("root:" + "ab".repeat(32))).isEqualTo("root:" + "ab".repeat(32));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "github.com/acme/web",
                "root:3f786850e387550fdab836ed7e6dc881de23001b",
                "[2001:db8::1]/acme/web",
                "dev.azure.com/acme/my%20shop/web",
                "web"
            })
    void a_name_names_itself(String name) {
        assertThat(name(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "/home/lin/web",
                "file:///home/lin/web",
                "C:\\work\\web",
                "C:/work/web",
                "./web",
                "../web",
                "~/src/web",
                ".",
                "a repository",
                "https://github.com/acme/../lin/web"
            })
    void a_place_on_somebodys_machine_is_no_identity(String path) {
        assertThat(RepositoryIdentity.of(path)).isEmpty();
    }

    private static String name(String remote) {
        return RepositoryIdentity.of(remote).map(RepositoryIdentity::name).orElse("nothing: " + remote);
    }
}
