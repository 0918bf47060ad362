using System.Text.Json;

namespace Gengdu.Supervision.Reviews;

/// <summary>Where a module report's review stands; three of them are steps at which someone has to act.</summary>
public enum ReviewState
{
    /// <summary>Waits for the county.</summary>
    CountyReview,

    /// <summary>Waits for the city.</summary>
    CityReview,

    /// <summary>Waits for the province.</summary>
    ProvinceReview,

    /// <summary>Sent back; waits for the next revision.</summary>
    Returned,

    /// <summary>Final, until it is unlocked.</summary>
    Accepted,

    /// <summary>Taken back by the organisation before anybody read it; waits for the next revision.</summary>
    Withdrawn,

    /// <summary>Accepted, then given back on a written request; waits for the next revision, the accepted one stays.</summary>
    Unlocked,
}

/// <summary>What happens to a review.</summary>
public enum ReviewAct
{
    /// <summary>A revision came in.</summary>
    Submit,

    /// <summary>County or city passes it on.</summary>
    Approve,

    /// <summary>Sent back with reasons.</summary>
    Return,

    /// <summary>The province makes it final.</summary>
    Accept,

    /// <summary>The organisation takes it back before the review starts.</summary>
    Withdraw,

    /// <summary>The organisation or its county asks in writing to correct what was accepted.</summary>
    AskUnlock,

    /// <summary>The province grants it.</summary>
    Unlock,

    /// <summary>The province refuses it, with words.</summary>
    RefuseUnlock,
}

/// <summary>Level of the tree.</summary>
public enum ReviewLevel
{
    /// <summary>School.</summary>
    School,

    /// <summary>County-level division or zone.</summary>
    County,

    /// <summary>City.</summary>
    City,

    /// <summary>Province.</summary>
    Province,
}

/// <summary>The keys on the wire and in the tables: "county-review".</summary>
internal static class ReviewKeys
{
    public static string Key(this ReviewState state) => JsonNamingPolicy.KebabCaseLower.ConvertName(state.ToString());

    public static string Key(this ReviewAct act) => JsonNamingPolicy.KebabCaseLower.ConvertName(act.ToString());

    public static string Key(this ReviewLevel level) => JsonNamingPolicy.KebabCaseLower.ConvertName(level.ToString());

    public static ReviewState State(string key) => Enum.GetValues<ReviewState>().Single(state => state.Key() == key);

    public static ReviewAct Act(string key) => Enum.GetValues<ReviewAct>().Single(act => act.Key() == key);

    public static ReviewLevel Level(string key) => Enum.GetValues<ReviewLevel>().Single(level => level.Key() == key);
}
