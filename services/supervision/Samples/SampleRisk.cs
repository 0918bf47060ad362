namespace Gengdu.Supervision.Samples;

/// <summary>What makes a report worth reading: it raises the chance to be drawn, and nothing ever lowers it to none (ADR 0019).</summary>
/// <param name="ExplainedWarnings">Of all its modules that wait.</param>
/// <param name="ReturnRounds">Of the module that was sent back most often.</param>
/// <param name="Late">A module came after its deadline.</param>
/// <param name="ReadLately">Its organisation was in a sample within the last 365 days.</param>
/// <param name="Quality">How well it reports, 0 to 100, as analytics told it; null when nobody told.</param>
internal sealed record SampleRisk(int ExplainedWarnings, int ReturnRounds, bool Late, bool ReadLately, int? Quality = null)
{
    private const int Ground = 10, PerWarning = 3, MostWarnings = 10, PerRound = 10, MostRounds = 3, ForLate = 5, ForNotReadLately = 10, MostForQuality = 30, Perfect = 100;

    /// <summary>10 to 115. Whole numbers, so that every language computes the same.</summary>
    public int Weight => Ground + (PerWarning * Math.Min(ExplainedWarnings, MostWarnings)) + (PerRound * Math.Min(ReturnRounds, MostRounds))
        + (Late ? ForLate : 0) + (ReadLately ? 0 : ForNotReadLately)
        + (Quality is { } quality ? (Perfect - Math.Clamp(quality, 0, Perfect)) * MostForQuality / Perfect : 0);
}

/// <summary>A report that can be drawn.</summary>
internal sealed record SampleCandidate(Guid ReportId, SampleRisk Risk);
