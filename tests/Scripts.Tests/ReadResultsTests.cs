using Gengdu.TestKit;

namespace Gengdu.Scripts.Tests;

/// <summary>The closing line of ./test is only as honest as this reader.</summary>
public sealed class ReadResultsTests
{
    [Fact]
    public async Task Read_Ctrf_CountsEachStateAndNamesFailures() => Assert.Equal(
        ["1 2 1", "FAILED b", "    boom", "    at line 3", "FAILED d"],
        await ReadAsync("""
            {"results":{"tests":[
              {"name":"a","status":"passed"},
              {"name":"b","status":"failed","message":"boom","trace":"at line 3"},
              {"name":"c","status":"skipped"},
              {"name":"d","status":"other"}]}}
            """));

    [Fact]
    public async Task Read_VitestFileThatCannotLoad_IsAFailure() => Assert.Equal(
        ["1 1 0", "FAILED broken.test.ts", "    cannot find module"],
        await ReadAsync("""
            {"testResults":[
              {"name":"good.test.ts","status":"passed","assertionResults":[{"fullName":"adds","status":"passed"}]},
              {"name":"broken.test.ts","status":"failed","message":"cannot find module","assertionResults":[]}]}
            """));

    [Fact]
    public async Task Read_BrokenReport_Fails() => await Assert.ThrowsAnyAsync<Exception>(() => ReadAsync("{\"results\":"));

    private static async Task<string[]> ReadAsync(string report)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, report, TestContext.Current.CancellationToken);
            var (code, output, errors) = await Script.RunAsync("node", RepositoryRoot.Combine("scripts", "read-results.mjs"), file);
            Assert.True(code == 0, errors);
            return [.. output.Split('\n').Where(line => line.Trim().Length > 0)];
        }
        finally
        {
            File.Delete(file);
        }
    }
}
