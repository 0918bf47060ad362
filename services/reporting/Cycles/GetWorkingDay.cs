using Gengdu.Calendar;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Reporting.Cycles;

/// <param name="Day">The day asked about, Asia/Shanghai.</param>
/// <param name="IsWorkingDay">Whether offices and schools work.</param>
/// <param name="NameZh">The festival because of which it is off, or worked; null for plain weekdays and weekends.</param>
/// <param name="NameEn">The same in English.</param>
/// <param name="OnOrAfter">The day itself, or the first working day after it: what to propose instead.</param>
/// <param name="Plus">The working day that lies as many working days later as was asked for.</param>
/// <param name="Known">How much is known of the year: announced, law-only (moved days are not announced yet) or weekends-only.</param>
internal sealed record WorkingDayResponse(DateOnly Day, bool IsWorkingDay, string? NameZh, string? NameEn, DateOnly OnOrAfter, DateOnly Plus, YearKnown Known);

/// <summary>So that a deadline is not put on a day off unawares.</summary>
internal static class GetWorkingDay
{
    private const int Most = 250;

    public static Results<Ok<WorkingDayResponse>, ProblemHttpResult> Handle(DateOnly day, int? plus)
    {
        if (plus is < 0 or > Most || day.Year is < 2000 or > 2100)
        {
            return GeneralProblems.BadRequest($"day={day:yyyy-MM-dd}, plus={plus}").ToHttpResult();
        }

        var special = WorkingDays.SpecialOf(day);
        return TypedResults.Ok(new WorkingDayResponse(
            day, WorkingDays.IsWorkingDay(day), special?.NameZh, special?.NameEn, WorkingDays.OnOrAfter(day), WorkingDays.Add(day, plus ?? 0), WorkingDays.KnownOf(day.Year)));
    }
}
