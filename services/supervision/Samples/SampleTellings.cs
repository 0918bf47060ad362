using System.Globalization;
using Gengdu.Organisations;
using Gengdu.Supervision.Notices;

namespace Gengdu.Supervision.Samples;

/// <summary>What is told of a sample to the reviewers of the organisation whose schools it drew from.</summary>
internal static class SampleTellings
{
    public static Telling Of(string kind, Guid sampleId, string level, Organisation organisation, Guid by, Dictionary<string, string> numbers) => new()
    {
        Kind = kind,
        Key = $"{kind}:{sampleId}",
        OrganisationId = organisation.Id,
        OrganisationPath = organisation.Path,
        Link = $"/review/samples/{sampleId}",
        Roles = [Roles.CountyReviewer, Roles.CitySupervisor],
        Except = by,
        Args = new Dictionary<string, string>(numbers)
        {
            ["organisationZh"] = organisation.NameZh,
            ["organisationEn"] = organisation.NameEn,
            ["levelZh"] = level == "city" ? "市级" : "省级",
            ["levelEn"] = level,
        },
    };

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
