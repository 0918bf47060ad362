namespace Gengdu.Reporting.DeadlineRoom;

/// <param name="Reports">On the roster, exempt ones left out.</param>
/// <param name="Exempt">Nothing is due of them; counted apart.</param>
/// <param name="Done">All modules signed.</param>
/// <param name="Modules">Modules owed by <paramref name="Reports"/>.</param>
/// <param name="Signed">Of those.</param>
/// <param name="Unsigned">Reports with a module that was checked and marked complete, and waits for its signature.</param>
/// <param name="NotBegun">Reports in which nothing was ever typed.</param>
/// <param name="Empty">Reports that were begun and have modules in which nothing was typed.</param>
/// <param name="Errors">Reports with many errors in what is not signed.</param>
/// <param name="Silent">Reports that were begun and not saved for hours.</param>
internal sealed record RoomFigures(int Reports, int Exempt, int Done, int Modules, int Signed, int Unsigned, int NotBegun, int Empty, int Errors, int Silent)
{
    public static readonly RoomFigures None = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public static RoomFigures operator +(RoomFigures a, RoomFigures b) => new(
        a.Reports + b.Reports, a.Exempt + b.Exempt, a.Done + b.Done, a.Modules + b.Modules, a.Signed + b.Signed, a.Unsigned + b.Unsigned, a.NotBegun + b.NotBegun, a.Empty + b.Empty,
        a.Errors + b.Errors, a.Silent + b.Silent);
}

/// <summary>
/// How many modules will be signed at closing time. The method is stated and simple: the pace of the last fifteen whole minutes goes
/// on; the range is the slowest and the quickest five minutes of the last thirty. Never more than is owed.
/// </summary>
/// <param name="PerMinute">The pace.</param>
/// <param name="Expected">Signed at closing time.</param>
/// <param name="Low">At the slowest pace.</param>
/// <param name="High">At the quickest.</param>
internal sealed record Forecast(double PerMinute, int Expected, int Low, int High)
{
    public const int Minutes = 60;
    private const int Pace = 15;
    private const int Range = 30;
    private const int Piece = 5;

    /// <param name="minutes">Sixty counts, the oldest first; the last one is the minute that still runs.</param>
    /// <param name="signed">By now.</param>
    /// <param name="owed">In all.</param>
    /// <param name="left">Until closing time; null after it.</param>
    public static Forecast? Of(IReadOnlyList<int> minutes, int signed, int owed, TimeSpan left)
    {
        if (left <= TimeSpan.Zero)
        {
            return null;
        }

        var whole = minutes.Take(minutes.Count - 1).ToArray();
        var pace = whole.TakeLast(Pace).DefaultIfEmpty(0).Average();
        var pieces = whole.TakeLast(Range).Chunk(Piece).Select(piece => piece.Average()).Append(pace).ToArray();
        return new(Math.Round(pace, 1), At(pace), At(pieces.Min()), At(pieces.Max()));

        int At(double perMinute) => (int)Math.Min(owed, signed + Math.Floor(perMinute * left.TotalMinutes));
    }
}
