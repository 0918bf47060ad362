using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Cycles;
using Gengdu.Supervision.Notices;
using Gengdu.Supervision.Reviews;

namespace Gengdu.Supervision.Clocks;

/// <summary>What urges and escalations say in their notices, and where these lead.</summary>
internal static class ClockTexts
{
    public static Text Words(this HeldState state) => state switch
    {
        HeldState.NotSubmitted => new("尚未上报", "not submitted yet"),
        HeldState.Returned => new("已退回待修改", "returned and not corrected"),
        HeldState.CountyReview => new("待县级审核", "waiting for the county's review"),
        HeldState.CityReview => new("待市级审核", "waiting for the city's review"),
        HeldState.ProvinceReview => new("待省级确认", "waiting for the province"),
        _ => new("已确认", "accepted"),
    };

    /// <summary>Where the holder acts on it.</summary>
    public static string ActLink(HeldState state, Guid cycleId, Guid reportId) => state switch
    {
        HeldState.CountyReview => $"/review?cycle={cycleId}&step=county",
        HeldState.CityReview => $"/review?cycle={cycleId}&step=city",
        HeldState.ProvinceReview => $"/review?cycle={cycleId}&step=province",
        _ => $"/fill/{reportId}",
    };

    /// <summary>Where a level above sees who holds it.</summary>
    public static string BoardLink(HeldState state, Guid cycleId, Guid organisationId) => $"/board/{organisationId}?cycle={cycleId}&state={state.Key()}";

    public static Dictionary<string, string> Args(Cycle? cycle, ActingOrganisation organisation, HeldState state, int reports, DateTimeOffset oldest) => new()
    {
        ["cycleZh"] = cycle?.NameZh ?? "本期填报",
        ["cycleEn"] = cycle?.NameEn ?? "this collection",
        ["organisationZh"] = organisation.NameZh ?? "本单位",
        ["organisationEn"] = organisation.NameEn ?? organisation.NameZh ?? "your organisation",
        ["stateZh"] = state.Words().Zh,
        ["stateEn"] = state.Words().En,
        ["count"] = reports.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["oldestAt"] = Telling.TimeArg(oldest),
    };
}
