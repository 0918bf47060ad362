namespace Gengdu.LivePages;

/// <summary>How many pages are held open, of each person and in each room: an open page holds a connection.</summary>
/// <param name="perPerson">Of one person, in all rooms together.</param>
public sealed class PageSeats(int perPerson)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, int> _persons = [];
    private readonly Dictionary<string, int> _rooms = [];

    /// <summary>Takes a seat, to be left again; false when the person or the room has no more.</summary>
    /// <param name="person">Who looks.</param>
    /// <param name="room">Rooms do not take seats from each other.</param>
    /// <param name="most">Seats of the room.</param>
    public bool TryTake(Guid person, string room, int most)
    {
        lock (_lock)
        {
            var (own, taken) = (_persons.GetValueOrDefault(person), _rooms.GetValueOrDefault(room));
            if (own >= perPerson || taken >= most)
            {
                return false;
            }

            (_persons[person], _rooms[room]) = (own + 1, taken + 1);
            return true;
        }
    }

    /// <summary>Whose page is closed leaves no trace: people come and go for years.</summary>
    public void Leave(Guid person, string room)
    {
        lock (_lock)
        {
            _rooms[room]--;
            if (--_persons[person] == 0)
            {
                _persons.Remove(person);
            }
        }
    }
}
