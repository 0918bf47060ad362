namespace Gengdu.Reporting.Outages;

/// <summary>One row for all processes: when one of them last worked.</summary>
internal sealed class Heartbeat
{
    public const int Only = 1;

    public required int Id { get; init; }

    public required DateTimeOffset BeatAt { get; init; }
}
