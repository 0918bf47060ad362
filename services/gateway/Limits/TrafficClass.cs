namespace Gengdu.Gateway.Limits;

/// <summary>What a request is for, in the order in which it is given up last.</summary>
internal enum TrafficClass
{
    Intake,
    Review,
    Read,
    Analytics,
    Export,
}

internal static class TrafficClasses
{
    /// <summary>Metadata of a route that says its class outright.</summary>
    public const string Metadata = "Class";

    /// <summary>Metadata of a route whose answer goes on and on.</summary>
    public const string Stream = "Stream";

    /// <summary>Saving and submitting reports go before reviewing, that before reading, that before dashboards, and bulk work comes last.</summary>
    public static TrafficClass Of(string? service, string method, string? named) => (named, service, HttpMethods.IsGet(method) || HttpMethods.IsHead(method)) switch
    {
        ({ } name, _, _) => Enum.Parse<TrafficClass>(name, ignoreCase: true),
        (_, "analytics", _) => TrafficClass.Analytics,
        (_, "reporting", false) => TrafficClass.Intake,
        (_, _, false) => TrafficClass.Review,
        _ => TrafficClass.Read,
    };
}
