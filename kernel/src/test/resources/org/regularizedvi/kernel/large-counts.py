# pip install mpmath==1.3.0; python3 large-counts.py > large-counts.csv
from mpmath import mp, mpf, loggamma, digamma, log, log1p, nstr
mp.dps = 60
print("# theta,mu,x,value,d/dlog theta,what x adds to the value,what x adds to d/dlog theta; 60-digit arithmetic, mpmath 1.3.0; made by large-counts.py beside this file")
for theta in ("1e-4", "0.03", "1", "9.7", "1234.5", "1e5", "1e8"):
    for mu in ("1e-8", "1e-3", "0.7", "31", "1000", "2e5", "1e7"):
        for x in ("0.25", "1.5", "5", "6", "17", "255", "256", "1000", "99999", "1000000"):
            t, m, c = (mpf(float(v)) for v in (theta, mu, x))
            w, q = m / (t + m), t / (t + m)
            zero, dzero = -t * log1p(m / t), -t * (log1p(m / t) - w)
            v = loggamma(t + c) - loggamma(t) - loggamma(c + 1) + c * log(w)
            d = t * (digamma(t + c) - digamma(t)) - c * q
            print(",".join([theta, mu, x] + [nstr(y, 20) for y in (zero + v, dzero + d, v, d)]))
