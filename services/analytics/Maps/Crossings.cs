namespace Gengdu.Analytics.Maps;

/// <summary>Finds where the lines of a polygon cross themselves or each other: then no inside and no outside can be told.</summary>
internal static class Crossings
{
    /// <summary>So much looking is enough for ten times a province; a file made to be slow ends here.</summary>
    internal const long MostComparisons = 60_000_000;

    private readonly record struct Side(Position From, Position To, int Ring, int Index)
    {
        public double Left => Math.Min(From.X, To.X);

        public double Right => Math.Max(From.X, To.X);
    }

    /// <returns>Where, or null when no two sides cross; <c>Spent</c> says that it was given up.</returns>
    public static (Position? At, bool Spent) Find(List<List<Position>> rings, ref long comparisons)
    {
        var sides = new List<Side>();
        for (var ring = 0; ring < rings.Count; ring++)
        {
            for (var i = 0; i + 1 < rings[ring].Count; i++)
            {
                if (rings[ring][i] != rings[ring][i + 1])
                {
                    sides.Add(new(rings[ring][i], rings[ring][i + 1], ring, i));
                }
            }
        }

        // From west to east: only sides that reach over the present one's beginning can cross it.
        sides.Sort((a, b) => a.Left.CompareTo(b.Left));
        var open = new List<Side>();
        foreach (var side in sides)
        {
            open.RemoveAll(one => one.Right < side.Left);
            comparisons += open.Count;
            if (comparisons > MostComparisons)
            {
                return (null, true);
            }

            foreach (var other in open)
            {
                if (Cross(side, other))
                {
                    return (Between(side, other), false);
                }
            }

            open.Add(side);
        }

        return (null, false);
    }

    /// <summary>Truly through each other: lines that meet in a corner, or touch, are no fault.</summary>
    private static bool Cross(Side a, Side b) =>
        Math.Min(a.From.Y, a.To.Y) < Math.Max(b.From.Y, b.To.Y) && Math.Min(b.From.Y, b.To.Y) < Math.Max(a.From.Y, a.To.Y)
        && Turn(a.From, a.To, b.From) * Turn(a.From, a.To, b.To) < 0 && Turn(b.From, b.To, a.From) * Turn(b.From, b.To, a.To) < 0;

    private static int Turn(Position a, Position b, Position c)
    {
        var turn = ((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X));
        // What is smaller than a hand's breadth is how the point was rounded.
        return Math.Abs(turn) < 1e-12 ? 0 : Math.Sign(turn);
    }

    private static Position Between(Side a, Side b) => new(
        Math.Clamp((b.From.X + b.To.X) / 2, a.Left, a.Right), Math.Clamp((a.From.Y + a.To.Y) / 2, Math.Min(b.From.Y, b.To.Y), Math.Max(b.From.Y, b.To.Y)));
}
