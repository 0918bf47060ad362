using System.Text.Json;

namespace Gengdu.Benchmarks.Bare;

/// <summary>What the two processes of the bare pipeline are told, in one environment variable.</summary>
internal sealed record BareSettings(Uri Gateway, Uri Intake, string Postgres, string PublicKey, SampleRow Sample)
{
    public const string Variable = "GENGDU_BENCH_BARE";

    public static BareSettings Read() => JsonSerializer.Deserialize<BareSettings>(
        Environment.GetEnvironmentVariable(Variable) ?? throw new InvalidOperationException($"{Variable} is missing: only the benchmark starts this."))!;

    public string Write() => JsonSerializer.Serialize(this);
}
