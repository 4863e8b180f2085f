using System;
using System.Collections.Generic;
using System.Net;
using System.Threading;
using OssPayment.Time;

namespace OssPayment.Transport;

/// <summary>The process's connection pools, one for each choice of proxies, shared by all calls and cmdlets.</summary>
/// <remarks>A pool that nobody has used for some minutes is let go, and with it the proxy's password.</remarks>
internal static class HttpClients
{
    /// <summary>
    /// How many pools there are at once. Who uses more proxies in turn loses reuse, and nothing else.
    /// </summary>
    private const int MaximumPools = 8;

    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    private static readonly List<ConnectionPool> Pools = [];

    private static readonly Timer Sweeper = new(static _ => Sweep(), null, SweepInterval, SweepInterval);

    /// <param name="proxy">The proxy to go through, which is compared by value; null for the system's settings.</param>
    internal static ConnectionPool For(IWebProxy? proxy)
    {
        ConnectionPool pool;
        ConnectionPool? dropped = null;
        lock (Pools)
        {
            int index = IndexOf(proxy);
            if (index >= 0)
            {
                pool = Pools[index];
                Pools.RemoveAt(index);
            }
            else
            {
                pool = new ConnectionPool(proxy, Clock.System);
                if (Pools.Count == MaximumPools)
                {
                    dropped = Pools[0];
                    Pools.RemoveAt(0);
                }
            }

            // The pool that was used last stands last.
            Pools.Add(pool);
            GC.KeepAlive(Sweeper);
        }

        dropped?.Dispose();
        return pool;
    }

    private static int IndexOf(IWebProxy? proxy)
    {
        for (int i = Pools.Count - 1; i >= 0; i--)
        {
            if (Equals(Pools[i].Proxy, proxy))
            {
                return i;
            }
        }

        return -1;
    }

    private static void Sweep()
    {
        ConnectionPool[] pools;
        lock (Pools)
        {
            pools = [.. Pools];
            Pools.RemoveAll(static pool => pool.IsUnused);
        }

        foreach (ConnectionPool pool in pools)
        {
            pool.CloseOld();
        }
    }
}
