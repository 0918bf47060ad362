using System.Diagnostics;
using Gengdu.TestKit;

namespace Gengdu.System.Tests.Scope;

/// <summary>The patches of scripts/seeded-faults.sh still fit the code: a drill that cannot begin would be forgotten.</summary>
public sealed class SeededFaultTests
{
    private static string[] Patches => [.. Directory.EnumerateFiles(RepositoryRoot.Combine("tests", "System.Tests", "Scope", "SeededFaults"), "*.patch").Order(StringComparer.Ordinal)];

    [Fact]
    public async Task Patches_AllApply()
    {
        var wrong = new List<string>();
        foreach (var patch in Patches)
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["apply", "--check", "--unidiff-zero", patch]) { WorkingDirectory = RepositoryRoot.Path, RedirectStandardError = true })!;
            var said = await git.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await git.WaitForExitAsync(TestContext.Current.CancellationToken);
            if (git.ExitCode != 0)
            {
                wrong.Add(said);
            }
        }

        Assert.True(wrong.Count == 0, $"The code changed beneath a seeded fault; make the patch anew (README.md says how):\n{string.Join('\n', wrong)}");
    }

    [Fact]
    public void Patches_AreTwelve_AndTakeOneThingOutOfEachService()
    {
        Assert.Equal(12, Patches.Length);
        Assert.All(new[] { "identity", "reporting", "supervision", "analytics" }, service => Assert.Contains(Patches, patch => Path.GetFileName(patch).Contains($"-{service}-", StringComparison.Ordinal)));
        Assert.All(Patches, patch => Assert.Single(File.ReadAllLines(patch), line => line.StartsWith('-') && !line.StartsWith("---", StringComparison.Ordinal)));
    }
}
