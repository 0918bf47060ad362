using Npgsql;

namespace Gengdu.Messaging;

/// <summary>Whether a fault is the database's being away for a while, and so nobody's fault that a message carries.</summary>
public static class TransientFault
{
    /// <summary>Looks through wrappers; an aggregate is transient when one of its faults is.</summary>
    public static bool Is(Exception fault) => fault switch
    {
        NpgsqlException npgsql => npgsql.IsTransient,
        AggregateException aggregate => aggregate.InnerExceptions.Any(Is),
        { InnerException: { } inner } => Is(inner),
        _ => false,
    };
}
