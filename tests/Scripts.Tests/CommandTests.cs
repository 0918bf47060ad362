using Gengdu.TestKit;

namespace Gengdu.Scripts.Tests;

public sealed class CommandTests
{
    [Theory]
    [InlineData("run", "--schools", "many")]
    [InlineData("run", "--port", "70000")]
    [InlineData("run", "--fast")]
    [InlineData("run", "--trust")]
    [InlineData("test", "--filter")]
    public async Task Command_ArgumentItDoesNotKnow_ShowsUsageAndFails(string command, params string[] arguments)
    {
        var (code, output, _) = await Script.RunAsync(RepositoryRoot.Combine(command), arguments);

        Assert.Equal(2, code);
        Assert.Contains($"./{command}", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scripts_All_Parse()
    {
        string[] scripts = [RepositoryRoot.Combine("run"), RepositoryRoot.Combine("test"), RepositoryRoot.Combine(".ci", "run"), .. Directory.GetFiles(RepositoryRoot.Combine("scripts"), "*.sh")];
        foreach (var script in scripts)
        {
            var (code, _, errors) = await Script.RunAsync("bash", "-n", script);
            Assert.True(code == 0, errors);
        }
    }
}
