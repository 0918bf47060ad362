using System.Text.Json;
using Gengdu.Organisations;
using Gengdu.Supervision.Reviews;

namespace Gengdu.Supervision.Clocks;

/// <summary>Where a module of a report stands, and with that who holds it.</summary>
public enum HeldState
{
    /// <summary>Owed, and no revision has come: the reporting organisation.</summary>
    NotSubmitted,

    /// <summary>Sent back: the reporting organisation.</summary>
    Returned,

    /// <summary>The county.</summary>
    CountyReview,

    /// <summary>The city.</summary>
    CityReview,

    /// <summary>The province.</summary>
    ProvinceReview,

    /// <summary>Final: nobody.</summary>
    Accepted,
}

internal static class HeldStates
{
    public static readonly IReadOnlyList<HeldState> All = Enum.GetValues<HeldState>();

    private static readonly string[] Filling = [Roles.Reporter, Roles.Approver];

    public static string Key(this HeldState state) => JsonNamingPolicy.KebabCaseLower.ConvertName(state.ToString());

    public static HeldState? Find(string? key) => All.Cast<HeldState?>().FirstOrDefault(state => state!.Value.Key() == key);

    public static bool IsReview(this HeldState state) => state is HeldState.CountyReview or HeldState.CityReview or HeldState.ProvinceReview;

    /// <summary>The level that holds it; that of the report while the reporting organisation does.</summary>
    public static ReviewLevel Holder(this HeldState state, ReviewLevel reports) => state switch
    {
        HeldState.CountyReview => ReviewLevel.County,
        HeldState.CityReview => ReviewLevel.City,
        HeldState.ProvinceReview => ReviewLevel.Province,
        _ => reports,
    };

    /// <summary>Whose hands are needed at the holding organisation.</summary>
    public static string[] RolesOf(this HeldState state) => state switch
    {
        HeldState.CountyReview => [Roles.CountyReviewer],
        HeldState.CityReview => [Roles.CitySupervisor],
        HeldState.ProvinceReview => [Roles.ProvinceOwner],
        _ => Filling,
    };

    /// <summary>Who watches and presses at a level above.</summary>
    public static string RoleOf(this ReviewLevel level) => level switch
    {
        ReviewLevel.County => Roles.CountyReviewer,
        ReviewLevel.City => Roles.CitySupervisor,
        ReviewLevel.Province => Roles.ProvinceOwner,
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "has nobody below it"),
    };

    /// <summary>The level at which a role presses; null for roles that do not.</summary>
    public static ReviewLevel? LevelOf(string role) => role switch
    {
        Roles.CountyReviewer => ReviewLevel.County,
        Roles.CitySupervisor => ReviewLevel.City,
        Roles.ProvinceOwner => ReviewLevel.Province,
        _ => null,
    };
}
