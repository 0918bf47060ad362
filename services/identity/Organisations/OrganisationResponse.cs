using System.Linq.Expressions;

namespace Gengdu.Identity.Organisations;

internal sealed record OrganisationResponse(
    Guid Id, Guid? ParentId, string Path, string Code, string NameZh, string NameEn, IReadOnlyList<string> LevelRoles, string Kind,
    string? SchoolType, string? UrbanRural, string? RunBy, IReadOnlyList<string> Grades, DateOnly ValidFrom, DateOnly? ValidTo, long Version)
{
    public static readonly Expression<Func<Organisation, OrganisationResponse>> From = o => new(
        o.Id, o.ParentId, o.Path, o.Code, o.NameZh, o.NameEn, o.LevelRoles, o.Kind, o.SchoolType, o.UrbanRural, o.RunBy, o.Grades, o.ValidFrom, o.ValidTo, o.Version);
}
