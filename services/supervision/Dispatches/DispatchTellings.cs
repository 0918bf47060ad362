using System.Globalization;
using Gengdu.Organisations;
using Gengdu.Supervision.Notices;

namespace Gengdu.Supervision.Dispatches;

/// <summary>What is told of a county that goes up; to whom is said where it is raised.</summary>
internal static class DispatchTellings
{
    public static Telling Of(string kind, Guid dispatchId, Guid cycleId, Organisation county, Guid by) => new()
    {
        Kind = kind,
        Key = $"{kind}:{dispatchId}",
        OrganisationId = county.Id,
        OrganisationPath = county.Path,
        Link = $"/review/counties?cycle={cycleId}",
        Except = by,
    };

    public static Dictionary<string, string> Args(Organisation county, params ReadOnlySpan<(string Name, int Number)> numbers)
    {
        var args = new Dictionary<string, string> { ["organisationZh"] = county.NameZh, ["organisationEn"] = county.NameEn };
        foreach (var (name, number) in numbers)
        {
            args[name] = number.ToString(CultureInfo.InvariantCulture);
        }

        return args;
    }
}
