using System.Threading;

namespace OssPayment.Emulator.State;

/// <summary>Counts requests and connections, even while the recording of requests is disabled.</summary>
public sealed class Counters
{
    private long _requests;
    private long _connects;
    private long _connections;
    private int _inFlight;
    private int _maxInFlight;

    /// <summary>Requests to the service. A CONNECT to the proxy is not counted here.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    public long Connects => Interlocked.Read(ref _connects);

    public long Connections => Interlocked.Read(ref _connections);

    public int InFlight => Volatile.Read(ref _inFlight);

    public int MaxInFlight => Volatile.Read(ref _maxInFlight);

    /// <summary>Sets the counters to zero, except for the requests still in flight.</summary>
    public void Reset()
    {
        Interlocked.Exchange(ref _requests, 0);
        Interlocked.Exchange(ref _connects, 0);
        Interlocked.Exchange(ref _connections, 0);
        Interlocked.Exchange(ref _maxInFlight, InFlight);
    }

    internal void ConnectionAccepted() => Interlocked.Increment(ref _connections);

    internal void ConnectReceived() => Interlocked.Increment(ref _connects);

    internal void RequestStarted()
    {
        Interlocked.Increment(ref _requests);
        int now = Interlocked.Increment(ref _inFlight);
        int seen = MaxInFlight;
        while (now > seen)
        {
            int before = Interlocked.CompareExchange(ref _maxInFlight, now, seen);
            seen = before == seen ? now : before;
        }
    }

    internal void RequestEnded() => Interlocked.Decrement(ref _inFlight);
}
