namespace Gengdu.Calendar;

/// <summary>How much is known of a year's days off.</summary>
public enum YearKnown
{
    /// <summary>Nothing but weekends.</summary>
    WeekendsOnly,

    /// <summary>The days that the law fixes; which ones are moved and which weekends are worked is not announced yet.</summary>
    LawOnly,

    /// <summary>The yearly notice, make-up working days included.</summary>
    Announced,
}

/// <summary>A day that is not what its weekday says.</summary>
/// <param name="Day">The day, Asia/Shanghai.</param>
/// <param name="IsWorked">True for a weekend day that is worked, false for a day off.</param>
/// <param name="NameZh">Because of which festival.</param>
/// <param name="NameEn">The same in English.</param>
public sealed record SpecialDay(DateOnly Day, bool IsWorked, string NameZh, string NameEn);
