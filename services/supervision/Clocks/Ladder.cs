using Gengdu.Supervision.Reviews;

namespace Gengdu.Supervision.Clocks;

/// <summary>What a step counts from.</summary>
internal enum LadderClock
{
    /// <summary>Since the holder has it.</summary>
    Held,

    /// <summary>The deadline of the holder's level; days before it are negative.</summary>
    Deadline,
}

/// <summary>Who is told.</summary>
internal enum LadderTells
{
    Holder,
    County,
    City,
    Province,
}

/// <summary>One step of the ladder, as configured.</summary>
internal sealed record LadderStep
{
    public required HeldState State { get; init; }

    public LadderClock From { get; init; } = LadderClock.Held;

    /// <summary>Working days after what it counts from.</summary>
    public required int Days { get; init; }

    public required LadderTells Tell { get; init; }

    /// <summary>Until the end of which working day somebody has to acknowledge; else the next step.</summary>
    public required int AnswerWithin { get; init; }

    /// <summary>The level that is told about something held at a level; null when that level is not above the holder and the step is left out.</summary>
    public ReviewLevel? Told(ReviewLevel holder) => Tell switch
    {
        LadderTells.Holder => holder,
        LadderTells.County => Above(ReviewLevel.County, holder),
        LadderTells.City => Above(ReviewLevel.City, holder),
        _ => Above(ReviewLevel.Province, holder),
    };

    private static ReviewLevel? Above(ReviewLevel told, ReviewLevel holder) => told > holder ? told : null;
}

/// <summary>A step that was climbed.</summary>
/// <param name="AnswerBy">Until when somebody had to acknowledge.</param>
/// <param name="DoneBy">What was promised with the acknowledgement; null while nobody did.</param>
internal sealed record Rung(DateTimeOffset AnswerBy, DateTimeOffset? DoneBy)
{
    /// <summary>The next step comes no earlier.</summary>
    public DateTimeOffset Until => DoneBy ?? AnswerBy;
}

/// <summary>
/// One step at a time, whatever was missed meanwhile: whoever was not told has not let anything pass. So an hour or a week without
/// the worker is caught up with one step, not with four, and a second worker or a repeated tick finds that it was climbed.
/// </summary>
internal static class Ladder
{
    /// <param name="dueAt">When each step is due by the clock.</param>
    /// <param name="climbed">Those climbed so far, from the first.</param>
    /// <param name="now">This moment.</param>
    /// <returns>The step to climb now; null for none.</returns>
    public static int? Next(IReadOnlyList<DateTimeOffset> dueAt, IReadOnlyList<Rung> climbed, DateTimeOffset now)
    {
        var next = climbed.Count;
        return next < dueAt.Count && dueAt[next] <= now && (next == 0 || climbed[next - 1].Until <= now) ? next : null;
    }
}
