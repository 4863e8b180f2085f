using System;
using System.Collections.Generic;
using System.Net;
using System.Threading;
using OssPayment.Time;

namespace OssPayment.Transport;

/// <summary>The process's connection pools, one for each set of proxies, shared by all calls and cmdlets.</summary>
/// <remarks>A pool that has not been used for some minutes is removed, and the proxy's password with it.</remarks>
internal static class HttpClients
{
    /// <summary>
    /// How many pools there are at once. With more proxies in turn, connections are reused less often.
    /// </summary>
    private const int MaximumPools = 8;

    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    private static readonly List<ConnectionPool> Pools = [];

    private static readonly Timer Sweeper = new(static _ => Sweep(), null, SweepInterval, SweepInterval);

    /// <param name="proxy">The proxy, which is compared by value; null for the system's settings.</param>
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

            // The most recently used pool is the last.
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
