using System.Text.Json;

namespace Gengdu.Benchmarks.Bare;

/// <summary>What the processes of the bare pipeline are told, in one environment variable.</summary>
/// <param name="Gateway">Where the load goes.</param>
/// <param name="Intake">Behind it.</param>
/// <param name="Projection">Counts what was published; null without a broker.</param>
/// <param name="Postgres">Holds the schema "bench".</param>
/// <param name="Broker">Null when nothing is published.</param>
/// <param name="PublicKey">Of the token.</param>
/// <param name="Sample">The rows that are written.</param>
internal sealed record BareSettings(Uri Gateway, Uri Intake, Uri? Projection, string Postgres, Uri? Broker, string PublicKey, SampleRow Sample)
{
    public const string Variable = "GENGDU_BENCH_BARE";

    public static BareSettings Read() => JsonSerializer.Deserialize<BareSettings>(
        Environment.GetEnvironmentVariable(Variable) ?? throw new InvalidOperationException($"{Variable} is missing: only the benchmark starts this."))!;

    public string Write() => JsonSerializer.Serialize(this);
}
