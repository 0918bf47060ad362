using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Messaging;

/// <summary>
/// An event that was decided and not yet published. Written in the transaction of the change it tells of; deleted only
/// after the broker confirmed it.
/// </summary>
public sealed class OutboxMessage
{
    // Chinese as itself, not as \u escapes: half the size.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private OutboxMessage()
    {
    }

    /// <summary>Also the message id on the wire: a second delivery carries the same one.</summary>
    public Guid Id { get; private init; }

    /// <summary>Contract type, "Gengdu.Contracts.Reporting.V1.CycleOpened".</summary>
    public string Type { get; private init; } = "";

    /// <summary>The event as JSON.</summary>
    public string Body { get; private init; } = "";

    /// <summary>W3C trace context of the request that caused it, so that the trace goes on behind the broker.</summary>
    public string? TraceParent { get; private init; }

    /// <summary>Not published before this time (UTC): delays live here, the broker has no delayed exchange.</summary>
    public DateTimeOffset NotBefore { get; private init; }

    /// <summary>Fences the dispatcher that took it: only the holder of this token may delete the row.</summary>
    public Guid? LeaseToken { get; private init; }

    /// <summary>Another dispatcher may take it after this time (UTC).</summary>
    public DateTimeOffset? LeasedUntil { get; private init; }

    /// <summary>Failed attempts to publish.</summary>
    public int Attempts { get; private init; }

    /// <summary>Builds the row for an event; for callers that write it with their own SQL.</summary>
    public static OutboxMessage For<TEvent>(TEvent published, DateTimeOffset now, TimeSpan delay = default)
        where TEvent : class => new()
        {
            Id = Guid.CreateVersion7(now),
            Type = typeof(TEvent).FullName!,
            Body = JsonSerializer.Serialize(published, Json),
            TraceParent = Activity.Current?.Id,
            NotBefore = now + delay,
        };

    internal static object Read(string type, string body)
    {
        var contract = type.StartsWith("Gengdu.Contracts.", StringComparison.Ordinal) ? System.Type.GetType($"{type}, Gengdu.Contracts") : null;
        return JsonSerializer.Deserialize(body, contract ?? throw new InvalidOperationException($"The outbox holds an event of unknown type {type}"), Json)!;
    }
}

/// <summary>Publishing from a slice.</summary>
public static class OutboxPublishing
{
    /// <summary>Adds the event to the outbox; the next SaveChanges commits it together with the state it tells of.</summary>
    public static void Publish<TEvent>(this DbContext db, TEvent published, DateTimeOffset now)
        where TEvent : class
    {
        ArgumentNullException.ThrowIfNull(db);
        db.Add(OutboxMessage.For(published, now));
    }
}
