namespace Gengdu.Supervision.Samples;

/// <summary>How a report in a sample came out.</summary>
public enum SampleOutcome
{
    /// <summary>Some module still waits at the step.</summary>
    Waiting,

    /// <summary>Every module that was drawn passed the step.</summary>
    Passed,

    /// <summary>A module was sent back from this step.</summary>
    Failed,

    /// <summary>A module was passed by somebody who had not opened it: that is no reading, and the next in the order is read instead.</summary>
    Unread,

    /// <summary>What was drawn is gone, because a newer revision took its place: the next in the order is read instead.</summary>
    Replaced,
}

/// <summary>How many have to be read: a share at first, twice as many after one failure, all after two (ADR 0019).</summary>
internal static class SampleSize
{
    public const int Least = 3;
    public const int SmallestShare = 10;

    public static int First(int candidates, int sharePercent) => Math.Min(candidates, Math.Max(Least, ((candidates * sharePercent) + 99) / 100));

    public static int After(int failures, int first, int candidates) => failures switch
    {
        0 => first,
        1 => Math.Min(candidates, first * 2),
        _ => candidates,
    };

    /// <summary>How far the order has to be read, given how each in it came out. Replaced and unread ones do not count.</summary>
    /// <returns>How many of the order from its beginning, and the failures among them.</returns>
    public static (int Reach, int Failures) ReachOf(IReadOnlyList<SampleOutcome> order, int first)
    {
        var (counted, failures) = (0, 0);
        for (var reach = 0; reach < order.Count; reach++)
        {
            if (counted == After(failures, first, order.Count))
            {
                return (reach, failures);
            }

            counted += order[reach] is SampleOutcome.Replaced or SampleOutcome.Unread ? 0 : 1;
            failures += order[reach] == SampleOutcome.Failed ? 1 : 0;
        }

        return (order.Count, failures);
    }
}
