# pip install mpmath==1.3.0; python3 special.py > special.csv
from mpmath import mp, mpf, loggamma, digamma, log1p, exp, nstr
mp.dps = 40
print("# function,argument,value; 40-digit arithmetic rounded to 20; made by special.py beside this file, mpmath 1.3.0")
xs = [mpf(10) ** k for k in range(-8, 16)] + [mpf(i) / 7 for i in range(1, 80, 3)] + [mpf(i) for i in (1, 2, 3, 9, 10, 11, 100, 12345)]
for x in xs:
    x = mpf(float(x))
    print(f"logGamma,{float(x)!r},{nstr(loggamma(x), 20)}")
    print(f"digamma,{float(x)!r},{nstr(digamma(x), 20)}")
for i in range(-45, 46, 3):
    a = mpf(float(mpf(i) / 1.7))
    print(f"softplus,{float(a)!r},{nstr(log1p(exp(a)), 20)}")
    print(f"sigmoid,{float(a)!r},{nstr(1 / (1 + exp(-a)), 20)}")
