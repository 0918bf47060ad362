using System.Buffers.Binary;
using System.Diagnostics.Metrics;

namespace Gengdu.Messaging;

/// <summary>What an operator watches of the outbox; collected when telemetry is on.</summary>
internal static class OutboxMeter
{
    private static readonly Meter Meter = new("Gengdu.Messaging");
    private static readonly Counter<long> Published = Meter.CreateCounter<long>("gengdu.outbox.published", description: "Events that the broker confirmed as routed");
    private static readonly Counter<long> Failed = Meter.CreateCounter<long>("gengdu.outbox.failed", description: "Attempts that were not confirmed or not routed; the rows stay");
    private static readonly Histogram<double> Delay = Meter.CreateHistogram<double>("gengdu.outbox.delay", "s", "From writing the row to the broker's confirm");

    public static void Record(string type, Guid id, bool confirmed, DateTimeOffset now)
    {
        var contract = new KeyValuePair<string, object?>("event", type[(type.LastIndexOf('.') + 1)..]);
        (confirmed ? Published : Failed).Add(1, contract);
        if (confirmed && Delay.Enabled)
        {
            Delay.Record(Math.Max(0, (now - WrittenAt(id)).TotalSeconds), contract);
        }
    }

    /// <summary>Row ids are version 7: their first 48 bits are the milliseconds since 1970.</summary>
    private static DateTimeOffset WrittenAt(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return DateTimeOffset.FromUnixTimeMilliseconds((long)(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16));
    }
}
