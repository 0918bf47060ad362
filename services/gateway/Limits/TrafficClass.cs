namespace Gengdu.Gateway.Limits;

/// <summary>What a request is for, in the order in which it is given up last.</summary>
internal enum TrafficClass
{
    Intake,
    Review,
    Read,
    Analytics,
}

internal static class TrafficClasses
{
    /// <summary>Saving and submitting reports go before reviewing, that before reading, that before dashboards.</summary>
    public static TrafficClass Of(string? service, string method) => (service, HttpMethods.IsGet(method) || HttpMethods.IsHead(method)) switch
    {
        ("analytics", _) => TrafficClass.Analytics,
        ("reporting", false) => TrafficClass.Intake,
        (_, false) => TrafficClass.Review,
        _ => TrafficClass.Read,
    };
}
