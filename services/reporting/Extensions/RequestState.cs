namespace Gengdu.Reporting.Extensions;

/// <summary>Of a request to the level above: for more time, or to be exempt.</summary>
internal enum RequestState
{
    Waiting,
    Approved,
    Refused,
}

/// <summary>The stored and published words.</summary>
internal static class RequestStateText
{
    private static readonly string[] Words = ["waiting", "approved", "refused"];

    public static string ToText(this RequestState state) => Words[(int)state];

    public static RequestState Parse(string word) => (RequestState)Array.IndexOf(Words, word);
}
