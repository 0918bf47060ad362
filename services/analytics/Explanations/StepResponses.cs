using System.Text.Json;
using Gengdu.Analytics.Dashboards;

namespace Gengdu.Analytics.Explanations;

/// <summary>One indicator of one school, computed again before one's eyes.</summary>
/// <param name="Definition">By which it is computed here.</param>
/// <param name="InForce">Whether that is the version the cycle's figures are made with.</param>
/// <param name="Modules">The revisions it reads: with their ids reporting shows the signed document.</param>
/// <param name="Cells">What those say in the fields it reads.</param>
/// <param name="Expressions">Condition, numerator and denominator, innermost part first; empty when it is counted from the roster.</param>
/// <param name="MissingFields">Fields it reads that nothing was given for.</param>
/// <param name="Stored">What the figures have; null when they have nothing.</param>
/// <param name="Recomputed">What the formula gives now.</param>
/// <param name="Agrees">Whether stored and recomputed are the same; null when another version than that in force was asked for.</param>
/// <param name="Target">What the value is held against here.</param>
public sealed record FigureStepsResponse(
    OrganisationResponse Organisation, IReadOnlyList<ParentResponse> Parents, Guid CycleId, DefinitionResponse Definition, bool InForce, SchoolContextResponse School,
    IReadOnlyList<ReadModuleResponse> Modules, IReadOnlyList<CellResponse> Cells, IReadOnlyList<ExpressionResponse> Expressions, IReadOnlyList<string> MissingFields,
    OutcomeResponse? Stored, OutcomeResponse Recomputed, bool? Agrees, double? Target, string Light);

/// <summary>What formulas know of the school besides its values: as the roster was frozen.</summary>
public sealed record SchoolContextResponse(string? Type, IReadOnlyList<string> Grades, string? UrbanRural, string? RunBy);

/// <summary>The latest revision of one module.</summary>
/// <param name="ModuleReportId">Null before the first submission.</param>
/// <param name="State">"not-submitted", "submitted", "returned", "county-approved", "city-approved", "accepted", "withdrawn" or "unlocked".</param>
/// <param name="ProgrammeVersion">Of the form it was filled in on.</param>
public sealed record ReadModuleResponse(
    string Key, ServiceDefaults.Text Name, Guid? ModuleReportId, int? Revision, string State, bool? OnTime, DateTimeOffset? SubmittedAt, DateTimeOffset? ReviewedAt, string? ProgrammeVersion);

/// <summary>A value as it was signed.</summary>
/// <param name="At">Address in the form: the field, or field/grade.</param>
/// <param name="Value">As the document has it; rows of a table as a list.</param>
public sealed record CellResponse(string At, string Field, string? Grade, string ModuleKey, JsonElement Value);

/// <summary>One expression and what its parts came to.</summary>
/// <param name="Part">"applies", "numerator" or "denominator".</param>
public sealed record ExpressionResponse(string Part, string Text, IReadOnlyList<StepResponse> Steps);

/// <summary>A part of an expression.</summary>
/// <param name="Value">Number, text, true, false, list or map; null for nothing.</param>
/// <param name="Failed">Why it has no value.</param>
/// <param name="Items">What it came to for each grade or row it runs over.</param>
public sealed record StepResponse(string Text, JsonElement Value, string? Failed, IReadOnlyList<StepItemResponse>? Items);

/// <summary>One turn over a list.</summary>
public sealed record StepItemResponse(JsonElement Item, JsonElement Value);

/// <summary>A school's part of a figure.</summary>
/// <param name="Reason">Why there is none.</param>
public sealed record OutcomeResponse(decimal? Numerator, decimal? Denominator, decimal? Value, string? Reason);
