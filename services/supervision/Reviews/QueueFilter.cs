using System.ComponentModel.DataAnnotations;
using Gengdu.ServiceDefaults;

namespace Gengdu.Supervision.Reviews;

/// <param name="CycleId">Required.</param>
/// <param name="Step">Without it reports in any state. Text, because query binding takes enums only as C# spells them.</param>
/// <param name="OrganisationId">Only this organisation's subtree.</param>
/// <param name="State">Reports with a module in this state; not together with a step.</param>
/// <param name="Module">Only this module counts.</param>
/// <param name="Clean">true: reports none of whose modules asked for has an explained warning; false: those with one.</param>
/// <param name="Late">true: with a module that came after its deadline; false: without.</param>
/// <param name="WaitingDays">With a module that has stood there at least so many days.</param>
/// <param name="Returned">true: with a module that was sent back before.</param>
/// <param name="Outliers">true: with a module that has a value far from its past or from schools like it; false: without.</param>
/// <param name="Overdue">true: with a module whose present holder is past the deadline of its level, more time that was given counted; false: without.</param>
/// <param name="Search">Part of the name, of the pinyin that the English name is written in, or the start of the code.</param>
/// <param name="Order">"oldest" (the default), "warnings" (most explained ones first) or "code".</param>
internal sealed record QueueFilter(
    Guid CycleId,
    [property: RegularExpression("^(county|city|province)$")] string? Step,
    Guid? OrganisationId,
    string? State,
    [property: StringLength(60)] string? Module,
    bool? Clean,
    bool? Late,
    [property: Range(0, 1000)] int? WaitingDays,
    bool? Returned,
    bool? Outliers,
    bool? Overdue,
    [property: StringLength(60)] string? Search,
    [property: RegularExpression("^(oldest|warnings|code)$")] string? Order)
{
    private static readonly string[] Orders = ["oldest", "warnings", "code"];

    /// <summary>The state asked for, by its name or as that of a step; null for any.</summary>
    public string? AskedState => Step is null ? State : Pass?.From.Key();

    /// <summary>Text to look for within names; what means something in a pattern means itself.</summary>
    public string? NamePattern => Search?.Trim() is { Length: > 0 } text ? $"%{Escape(text)}%" : null;

    /// <summary>"bao ding", "Baoding" and "bǎodìng" typed without marks are one: spaces do not count.</summary>
    public string? PinyinPattern => NamePattern?.Replace(" ", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);

    public string? CodePattern => Search?.Trim() is { Length: > 0 } text ? $"{Escape(text)}%" : null;

    private ReviewTransition? Pass => ReviewTransitions.All.FirstOrDefault(t => t.Passes && t.At.Key() == Step);

    public Problem? Refuse() =>
        Step is not null && Pass is null ? GeneralProblems.BadRequest("step: county, city, province")
        : State is not null && (Step is not null || !Enum.GetValues<ReviewState>().Any(state => state.Key() == State)) ? GeneralProblems.BadRequest("state: one of a review's states, without step")
        : Order is not null && !Orders.Contains(Order) ? GeneralProblems.BadRequest("order: oldest, warnings, code")
        : Module?.Length > 60 || Search?.Length > 60 ? GeneralProblems.BadRequest("module, search: at most 60 characters")
        : WaitingDays is < 0 or > 1000 ? GeneralProblems.BadRequest("waitingDays: 0 to 1000")
        : null;

    /// <summary>For the audit: codes, and whether something was searched for; not what.</summary>
    public object ToAudit() => new { CycleId, Step, OrganisationId, State, Module, Clean, Late, WaitingDays, Returned, Outliers, Overdue, Searched = NamePattern is null ? (bool?)null : true, Order };

    private static string Escape(string text) => text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
}
