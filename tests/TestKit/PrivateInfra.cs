using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Gengdu.TestKit;

/// <summary>
/// Servers of this process's own, for a test started alone from an editor. A watcher of the script ends them with this
/// process, also after kill -9.
/// </summary>
internal static class PrivateInfra
{
    public static async Task<string> StartAsync(string server, string setting)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"gengdu-test-{RandomNumberGenerator.GetHexString(12, lowercase: true)}");
        var script = RepositoryRoot.Combine("scripts", "infra.sh");
        using var process = Process.Start(new ProcessStartInfo("bash")
        {
            ArgumentList =
            {
                script, "start", folder, "--throwaway", "--native", "--only", server,
                "--owner", Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
            },
            RedirectStandardError = true,
        })!;
        var complaints = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"scripts/infra.sh could not start {server}: {complaints}");
        }

        var lines = await File.ReadAllLinesAsync(Path.Combine(folder, "connections"));
        return lines.Single(line => line.StartsWith($"{setting}=", StringComparison.Ordinal))[(setting.Length + 1)..];
    }
}
