using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Gengdu.TestKit;

namespace Gengdu.System.Tests.Running;

/// <summary>One service as a process of its own, with what it wrote.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    private readonly int _kept;

    private RunningService(string name, Process process, int kept) => (Name, _process, _kept) = (name, process, kept);

    public string Name { get; }

    public int ProcessId => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    public string Output => string.Join('\n', _lines);

    public static RunningService Start(string name, IReadOnlyDictionary<string, string> settings, params string[] arguments) => Start(name, settings, 500, arguments);

    /// <param name="name">The service.</param>
    /// <param name="settings">Its environment.</param>
    /// <param name="kept">How many of its last lines are kept.</param>
    /// <param name="arguments">A verb.</param>
    public static RunningService Start(string name, IReadOnlyDictionary<string, string> settings, int kept, params string[] arguments)
    {
        var assembly = $"Gengdu.{char.ToUpperInvariant(name[0])}{name[1..]}.dll";
        // The seeded-faults drill puts a patched build in the place of one service.
        var folder = Environment.GetEnvironmentVariable($"GENGDU_TEST_SERVICE_{name.ToUpperInvariant()}") is { Length: > 0 } elsewhere
            ? elsewhere : RepositoryRoot.Combine("services", name, "bin", Configuration(), "net10.0");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, assembly), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        var service = new RunningService(name, new Process { StartInfo = start }, kept);
        service._process.OutputDataReceived += (_, e) => service.Keep(e.Data);
        service._process.ErrorDataReceived += (_, e) => service.Keep(e.Data);
        service._process.Start();
        service._process.BeginOutputReadLine();
        service._process.BeginErrorReadLine();
        return service;
    }

    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>As kill -9: no shutdown code runs.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        _lines.Enqueue(line);
        while (_lines.Count > _kept)
        {
            _lines.TryDequeue(out _);
        }
    }

    private static string Configuration() => AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";
}
