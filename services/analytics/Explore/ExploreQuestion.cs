namespace Gengdu.Analytics.Explore;

/// <summary>What is asked of the figures: of which place, which of them, and along which dimensions they are laid out. Dimensions: cycle, indicator, city, county, school, level, school-type, stage, urban-rural, run-by, boarding, size, state.</summary>
/// <param name="OrganisationId">Province, city or county.</param>
/// <param name="Cycles">Up to 12 ids with commas between, or "newest".</param>
/// <param name="Indicators">Up to 60 ids with commas between, e.g. "K03,K22".</param>
/// <param name="Rows">Up to three dimensions with commas between.</param>
/// <param name="Columns">Up to three others.</param>
/// <param name="Where">Only these: "urban-rural:rural|town;school-type:primary"; a place or school by its id.</param>
public sealed record ExploreQuestion(Guid OrganisationId, string Cycles, string Indicators, string? Rows, string? Columns, string? Where);
