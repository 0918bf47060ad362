using Gengdu.Analytics.Dashboards;
using Gengdu.ServiceDefaults;

namespace Gengdu.Analytics.Explore;

/// <summary>Figures laid out along the dimensions asked for.</summary>
/// <param name="Members">By dimension, in their order: what the keys of headings and cells mean. Cycle and indicator are always there.</param>
/// <param name="RowHeadings">Subtotals and totals among them, behind what they sum up.</param>
/// <param name="Cells">Row by row; null where nothing is due.</param>
/// <param name="AsOf">Newest submission or review in it; null before the first.</param>
/// <param name="Behind">More has come since: of a place with very many schools what was counted last is shown, and counted anew meanwhile.</param>
/// <param name="FormulaVersions">Of the cycles, in their order.</param>
public sealed record ExploreResponse(
    OrganisationResponse Organisation, IReadOnlyList<string> Rows, IReadOnlyList<string> Columns, IReadOnlyDictionary<string, IReadOnlyList<MemberResponse>> Members,
    IReadOnlyList<HeadingResponse> RowHeadings, IReadOnlyList<HeadingResponse> ColumnHeadings, IReadOnlyList<IReadOnlyList<ExploreCellResponse?>> Cells,
    DateTimeOffset? AsOf, bool Behind, IReadOnlyList<string> FormulaVersions);

/// <summary>One of a dimension.</summary>
/// <param name="Key">Id of a cycle, indicator, place or school; else a key of the programme, "" for schools of which it is not known.</param>
/// <param name="Name">Null where the key is a word that pages have of their own.</param>
/// <param name="Unit">Of an indicator.</param>
/// <param name="Decimals">Of an indicator.</param>
public sealed record MemberResponse(string Key, Text? Name, Text? Unit = null, int? Decimals = null);

/// <summary>Heading of a row or column.</summary>
/// <param name="Keys">One for each dimension of the axis; null where all are summed up.</param>
public sealed record HeadingResponse(IReadOnlyList<string?> Keys, bool Total);

/// <summary>One number with what it rests on.</summary>
/// <param name="Value">Sum of numerators by sum of denominators; null without data.</param>
/// <param name="Due">Schools it applies to; module reports where the indicator is counted from the roster.</param>
/// <param name="Reported">Of these, how many have a value.</param>
/// <param name="Approved">Of these, how many passed a level of review.</param>
public sealed record ExploreCellResponse(decimal? Value, string Light, decimal? Numerator, decimal? Denominator, int Due, int Reported, int Approved);
