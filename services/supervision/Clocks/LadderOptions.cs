using System.ComponentModel.DataAnnotations;

namespace Gengdu.Supervision.Clocks;

/// <summary>The ladder as data; the shipped one stands in appsettings.json.</summary>
internal sealed record LadderOptions : IValidatableObject
{
    public const string Section = "Ladder";

    /// <summary>How often the worker looks; 0 where another replica does.</summary>
    [Range(0, 24 * 60)]
    public int EveryMinutes { get; init; } = 5;

    /// <summary>How far ahead an acknowledgement may promise, in working days.</summary>
    [Range(1, 30)]
    public int FarthestPromise { get; init; } = 5;

    /// <summary>Nobody is urged twice about the same thing within so many hours.</summary>
    [Range(0, 24 * 7)]
    public int UrgeEveryHours { get; init; } = 4;

    /// <summary>The steps of each state in the order in which they are climbed.</summary>
    public IReadOnlyList<LadderStep> Steps { get; init; } = [];

    public IReadOnlyList<LadderStep> Of(HeldState state) => [.. Steps.Where(step => step.State == state)];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var steps in Steps.GroupBy(step => step.State))
        {
            if (steps.Key == HeldState.Accepted)
            {
                yield return new("Ladder:Steps: nobody holds what was accepted");
            }

            if (steps.Zip(steps.Skip(1)).Any(pair => pair.Second.Days < pair.First.Days || pair.Second.Tell < pair.First.Tell) || steps.Select(step => step.From).Distinct().Count() > 1)
            {
                yield return new($"Ladder:Steps: those of {steps.Key.Key()} have one clock and go upwards, in days and in who is told");
            }

            if (steps.Any(step => step.AnswerWithin < 1) || (steps.First().From == LadderClock.Held && steps.First().Days < 1))
            {
                yield return new($"Ladder:Steps: a step of {steps.Key.Key()} leaves no working day to answer, or begins before anything is held");
            }
        }
    }
}
