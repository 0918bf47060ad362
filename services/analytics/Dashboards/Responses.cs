using Gengdu.ServiceDefaults;

namespace Gengdu.Analytics.Dashboards;

/// <summary>An organisation as the tree knows it today.</summary>
/// <param name="ValidTo">Its last day when it was closed or merged in the middle of a cycle, in which it still finishes its report; null while it is open.</param>
public sealed record OrganisationResponse(Guid Id, string Code, string NameZh, string NameEn, IReadOnlyList<string> LevelRoles, string Path, DateOnly? ValidTo);

/// <summary>An organisation above, by name only.</summary>
public sealed record ParentResponse(Guid Id, string NameZh, string NameEn);

/// <summary>How far reporting has come. Units are module reports of the frozen roster, here and below.</summary>
/// <param name="Schools">Schools on the roster.</param>
/// <param name="Due">Module reports owed.</param>
/// <param name="Submitted">Submitted at least once; those returned since included.</param>
/// <param name="OnTime">First submission met the deadline.</param>
/// <param name="Late">Submitted − on time.</param>
/// <param name="CountyApproved">Passed the county's step or a later one.</param>
/// <param name="CityApproved">Passed the city's step or was accepted.</param>
/// <param name="Accepted">Accepted by the province.</param>
/// <param name="Returned">Waiting for a correction now.</param>
/// <param name="Rate">Submitted / due, 0 to 1; null when nothing is due.</param>
/// <param name="TimelyRate">On time / due, 0 to 1; null when nothing is due.</param>
/// <param name="Exempt">Reports on the roster of which nothing is due any more; in none of the counts above but the schools.</param>
public sealed record CompletenessResponse(
    int Schools, int Due, int Submitted, int OnTime, int Late, int CountyApproved, int CityApproved, int Accepted, int Returned, decimal? Rate, decimal? TimelyRate, int Exempt = 0);

/// <summary>Score of one area of requirement.</summary>
/// <param name="Key">Area key of the programme.</param>
/// <param name="Score">0 to 100; null when no indicator of the area applies.</param>
/// <param name="Light">"green" (≥ 100), "amber" (≥ 80), "red" or "none".</param>
public sealed record AreaResponse(string Key, decimal? Score, string Light);

/// <summary>The composite index 劳动教育实施指数.</summary>
/// <param name="Value">0 to 100, weighted over the areas; null when nothing can be rated.</param>
/// <param name="Light">"green", "amber", "red" or "none".</param>
public sealed record IndexResponse(decimal? Value, string Light);

/// <summary>A value with its light, for tables and maps.</summary>
public sealed record ShortFigureResponse(decimal? Value, string Light);

/// <summary>One indicator with everything that explains it.</summary>
/// <param name="Id">Indicator id of the programme, e.g. "K03".</param>
/// <param name="Area">Area key.</param>
/// <param name="Kind">"ratio", "share", "timeliness" or "dispersion".</param>
/// <param name="Value">Numerator / denominator × factor, rounded as the programme says; null without data.</param>
/// <param name="Numerator">Sum over the schools that reported; null without data.</param>
/// <param name="Denominator">Sum over the schools that reported; null without data.</param>
/// <param name="Unit">Unit of the value.</param>
/// <param name="Target">In the unit of the value; of a school against its county's median, that median; null when there is none here.</param>
/// <param name="Direction">"up", "down" or "band".</param>
/// <param name="Light">"green", "amber", "red" or "none" (no data, no target, or shown for information).</param>
/// <param name="Later">Why the indicator is not computed yet; null when it is.</param>
/// <param name="Passport">Where the figure comes from.</param>
public sealed record FigureResponse(
    string Id, string Area, string Kind, decimal? Value, decimal? Numerator, decimal? Denominator, Text? Unit, decimal? Target, string Direction,
    string Light, Text? Later, PassportResponse Passport);

/// <summary>Where a figure comes from.</summary>
/// <param name="AsOf">Newest submission or review in it.</param>
/// <param name="Coverage">Schools with a value, of those it applies to.</param>
/// <param name="ApprovalShare">Share of the reported schools whose modules passed a level of review, 0 to 1; null without data.</param>
/// <param name="FormulaVersion">Version of formula, target and weight.</param>
/// <param name="Excluded">The first 20 schools that owe a value and have none, in the order of the tree.</param>
/// <param name="ExcludedCount">All of them.</param>
public sealed record PassportResponse(
    DateTimeOffset AsOf, CoverageResponse Coverage, decimal? ApprovalShare, string FormulaVersion, IReadOnlyList<ExcludedResponse> Excluded, int ExcludedCount);

/// <summary>Schools (module reports for timeliness) that gave a value, of those due.</summary>
public sealed record CoverageResponse(int Reported, int Due);

/// <summary>An organisation that is not in a figure.</summary>
/// <param name="OrganisationId">Which.</param>
/// <param name="Reason">"not-submitted", "missing" (a value was left out) or "broken" (the formula failed).</param>
public sealed record ExcludedResponse(Guid OrganisationId, string Reason);
