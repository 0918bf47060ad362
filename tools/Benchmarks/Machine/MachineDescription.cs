using System.Globalization;
using System.Runtime.InteropServices;
using Npgsql;

namespace Gengdu.Benchmarks.Machine;

/// <summary>Where the figures were measured; figures without it mean nothing.</summary>
internal sealed record MachineDescription(
    string Processor, int Cores, int MemoryGigabytes, string Kernel, string Runtime, string Postgres, string Fsync, string SynchronousCommit)
{
    public static async Task<MachineDescription> ReadAsync(NpgsqlDataSource postgres, CancellationToken cancellationToken)
    {
        var processor = File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown";
        var memory = File.ReadLines("/proc/meminfo").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        return new(processor, Environment.ProcessorCount, (int)Math.Round(double.Parse(memory, CultureInfo.InvariantCulture) / 1024 / 1024),
            Environment.OSVersion.VersionString, RuntimeInformation.FrameworkDescription,
            await ShowAsync("server_version"), await ShowAsync("fsync"), await ShowAsync("synchronous_commit"));

        async Task<string> ShowAsync(string setting)
        {
            await using var command = postgres.CreateCommand($"show {setting}");
            return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
        }
    }
}
