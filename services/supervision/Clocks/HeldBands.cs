namespace Gengdu.Supervision.Clocks;

/// <summary>The columns of the board, in working days held.</summary>
internal static class HeldBands
{
    /// <summary>The first day of each column: 0–1, 2–3, 4–7, 8–14, more than 14.</summary>
    public static readonly IReadOnlyList<int> From = [0, 2, 4, 8, 15];

    public static int? To(int band) => band + 1 < From.Count ? From[band + 1] - 1 : null;

    /// <summary>For width_bucket: what came before the n-th moment has left the first n columns behind. Falls with n.</summary>
    public static DateTimeOffset[] Edges(DateTimeOffset now) => [.. From.Skip(1).Select(from => HeldDays.Before(from, now))];
}
