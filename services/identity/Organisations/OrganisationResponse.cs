using System.Linq.Expressions;

namespace Gengdu.Identity.Organisations;

internal sealed record OrganisationResponse(
    Guid Id, Guid? ParentId, string Path, string Code, string NameZh, string NameEn, IReadOnlyList<string> LevelRoles, string Kind,
    string? SchoolType, string? UrbanRural, string? RunBy, IReadOnlyList<string> Grades, DateOnly ValidFrom, DateOnly? ValidTo, long Version,
    IReadOnlyList<string> FormerCodes, Guid? SuccessorId)
{
    public static readonly Expression<Func<Organisation, OrganisationResponse>> From = o => new(
        o.Id, o.ParentId, o.Path, o.Code, o.NameZh, o.NameEn, o.LevelRoles, o.Kind, o.SchoolType, o.UrbanRural, o.RunBy, o.Grades, o.ValidFrom, o.ValidTo, o.Version,
        o.FormerCodes, o.SuccessorId);

    private static readonly Func<Organisation, OrganisationResponse> Compiled = From.Compile();

    public static OrganisationResponse Of(Organisation organisation) => Compiled(organisation);

    /// <summary>As it was: the facts of the version, and where it went if it is gone by now.</summary>
    public static readonly Expression<Func<OrganisationAsOf, OrganisationResponse>> AsOf = row => new(
        row.Present.Id, row.Then.ParentId, row.Then.Path, row.Then.Code, row.Then.NameZh, row.Then.NameEn, row.Then.LevelRoles, row.Then.Kind, row.Then.SchoolType,
        row.Then.UrbanRural, row.Then.RunBy, row.Then.Grades, row.Present.ValidFrom, row.Present.ValidTo, row.Then.Version, row.Present.FormerCodes, row.Present.SuccessorId);
}
