using System.Collections.Frozen;
using System.Globalization;

namespace Gengdu.Calendar;

/// <summary>Working days in Asia/Shanghai by the State Council's notices (data/calendar); unknown years say so (<see cref="KnownOf"/>).</summary>
public static class WorkingDays
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);
    private static readonly (FrozenDictionary<DateOnly, SpecialDay> Days, FrozenDictionary<int, YearKnown> Years) Calendar = Read();

    /// <summary>All special days, in order.</summary>
    public static IReadOnlyList<SpecialDay> Special { get; } = [.. Calendar.Days.Values.OrderBy(special => special.Day)];

    /// <summary>Whether offices and schools work that day.</summary>
    public static bool IsWorkingDay(DateOnly day) =>
        Calendar.Days.TryGetValue(day, out var special) ? special.IsWorked : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>Why the day is not what its weekday says; null when it is.</summary>
    public static SpecialDay? SpecialOf(DateOnly day) => Calendar.Days.GetValueOrDefault(day);

    /// <summary>How much is known of the year.</summary>
    public static YearKnown KnownOf(int year) => Calendar.Years.GetValueOrDefault(year);

    /// <summary>The day itself when it is worked, else the first working day after it.</summary>
    public static DateOnly OnOrAfter(DateOnly day)
    {
        while (!IsWorkingDay(day))
        {
            day = day.AddDays(1);
        }

        return day;
    }

    /// <summary>The first working day after the day.</summary>
    public static DateOnly Next(DateOnly day) => OnOrAfter(day.AddDays(1));

    /// <summary>The n-th working day after the day; the day itself for none.</summary>
    public static DateOnly Add(DateOnly day, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        for (; days > 0; days--)
        {
            day = Next(day);
        }

        return day;
    }

    /// <summary>The same for a moment: the time of the day stays.</summary>
    public static DateTimeOffset Add(DateTimeOffset moment, int days)
    {
        var day = DayOf(moment);
        return moment.AddDays(Add(day, days).DayNumber - day.DayNumber);
    }

    /// <summary>How many working days lie after the first day, up to and with the last; none when the last is not later.</summary>
    public static int Between(DateOnly after, DateOnly until)
    {
        var count = 0;
        for (var day = after.AddDays(1); day <= until; day = day.AddDays(1))
        {
            count += IsWorkingDay(day) ? 1 : 0;
        }

        return count;
    }

    /// <summary>The day of a moment, Asia/Shanghai.</summary>
    public static DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(moment.ToOffset(Offset).DateTime);

    private static (FrozenDictionary<DateOnly, SpecialDay>, FrozenDictionary<int, YearKnown>) Read()
    {
        using var stream = typeof(WorkingDays).Assembly.GetManifestResourceStream("holidays.csv") ?? throw new InvalidOperationException("holidays.csv is not embedded");
        using var reader = new StreamReader(stream);
        var (days, years) = (new Dictionary<DateOnly, SpecialDay>(), new Dictionary<int, YearKnown>());
        // The first line names the columns: date, kind, name_zh, name_en, source.
        reader.ReadLine();
        while (reader.ReadLine() is { Length: > 0 } line)
        {
            if (line.Split(',') is not [var date, ("holiday" or "workday") and var kind, var zh, var en, var source])
            {
                throw new InvalidOperationException($"data/calendar/holidays.csv: {line}");
            }

            var day = DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            days.Add(day, new(day, kind == "workday", zh, en));
            years[day.Year] = source == "law" ? YearKnown.LawOnly : YearKnown.Announced;
        }

        return (days.ToFrozenDictionary(), years.ToFrozenDictionary());
    }
}
